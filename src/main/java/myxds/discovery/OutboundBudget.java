package myxds.discovery;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may wait in all transports together for readers that do not read. Without it ten
 * thousand stalled streams would hold ten thousand bodies. Safe for many threads.
 */
final class OutboundBudget {
  private final long limit;
  private final Runnable room;
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicBoolean exhausted = new AtomicBoolean();

  /**
   * @param room called when there is room again after there was none
   */
  OutboundBudget(long limit, Runnable room) {
    this.limit = limit;
    this.room = room;
  }

  /** Whether another response may be written; if not, the caller is woken when it may. */
  boolean hasRoom() {
    if (waiting.get() < limit) {
      return true;
    }
    exhausted.set(true);
    // What was given back just now has seen nobody to wake.
    return waiting.get() < limit;
  }

  void take(long bytes) {
    waiting.addAndGet(bytes);
  }

  void giveBack(long bytes) {
    if (bytes > 0 && waiting.addAndGet(-bytes) < limit && exhausted.getAndSet(false)) {
      room.run();
    }
  }

  /** Bytes that wait now. */
  long waiting() {
    return waiting.get();
  }
}
