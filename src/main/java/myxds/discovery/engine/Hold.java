package myxds.discovery.engine;

/** A phase in which a stream waits before it goes on: for an ACK, or for its patience to end. */
final class Hold {
  /** What is waited for, for people: {@code clusters blue}. */
  final String reason;

  /** The patience has ended. */
  boolean expired;

  Hold(String reason) {
    this.reason = reason;
  }
}
