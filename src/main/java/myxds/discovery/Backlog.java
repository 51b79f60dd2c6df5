package myxds.discovery;

import java.time.Duration;

/** The bytes that one client has been sent and has not read. */
final class Backlog {
  private final OutboundBudget budget;
  private long bytes;
  private long since;

  Backlog(OutboundBudget budget) {
    this.budget = budget;
  }

  void add(long more) {
    if (bytes == 0) {
      since = System.nanoTime();
    }
    bytes += more;
    budget.take(more);
  }

  /** All of it was read, or never will be. */
  void clear() {
    long read = bytes;
    bytes = 0;
    budget.giveBack(read);
  }

  long bytes() {
    return bytes;
  }

  /** How long the oldest of it has been waiting; 0 when nothing does. */
  Duration age() {
    return bytes == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }
}
