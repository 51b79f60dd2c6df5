package myxds.discovery;

/** What a REST client gets. */
sealed interface RestAnswer {

  /** A DiscoveryResponse as JSON. */
  record Found(String json) implements RestAnswer {}

  /** The client holds the current version. */
  record Unchanged() implements RestAnswer {}

  /** It cannot be answered; {@code detail} says why, and what was expected. */
  record Refused(int status, String detail) implements RestAnswer {}
}
