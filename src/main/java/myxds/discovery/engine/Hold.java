package myxds.discovery.engine;

/** A phase in which a stream waits before it goes on: for an ACK, or for its patience to end. */
final class Hold {
  /** For what. */
  final String reason;

  /** The patience has ended. */
  boolean expired;

  /** It ended without what was waited for. */
  boolean tooLong;

  Hold(String reason) {
    this.reason = reason;
  }
}
