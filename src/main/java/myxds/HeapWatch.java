package myxds;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch over the heap: reports when it stays full after garbage collections. A heap that is full
 * for a moment, as while a large configuration is read, is fine.
 */
final class HeapWatch {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** With less than this free, nearly every allocation needs a collection of the whole heap. */
  private static final double FULL = 0.95;

  /**
   * Less full, but collections take half of the time: what regions hold at their ends no object may
   * fit into.
   */
  private static final double NEARLY_FULL = 0.7;

  private static final double MOST_OF_THE_TIME = 0.5;

  private final Supplier<Sample> heap;
  private final Runnable collect;
  private final Consumer<Supplier<String>> full;

  private @Nullable Sample last;
  private long lastNanos;
  private long fullSince = -1;

  /**
   * The heap at one moment.
   *
   * @param used bytes that the last collections left
   * @param max bytes that objects can have
   * @param collecting how long collections have taken since the start, in nanoseconds
   */
  record Sample(long used, long max, long collecting) {

    private boolean isFull(Sample before, long nanos) {
      double busy = (double) (collecting - before.collecting) / Math.max(1, nanos);
      return share() >= FULL || (share() >= NEARLY_FULL && busy >= MOST_OF_THE_TIME);
    }

    private double share() {
      return (double) used / max;
    }
  }

  /**
   * @param collect collects the whole heap's garbage
   * @param full is told that the heap stays full
   */
  HeapWatch(Supplier<Sample> heap, Runnable collect, Consumer<Supplier<String>> full) {
    this.heap = heap;
    this.collect = collect;
    this.full = full;
  }

  /** Watches the heap of this process until it ends. */
  static void start(Consumer<Supplier<String>> full) {
    var watch = new HeapWatch(Heap.ofProcess()::measure, System::gc, full);
    Thread.ofPlatform().daemon().name("heap").start(watch::run);
  }

  /**
   * Looks at the heap once; called every second.
   *
   * @param nanos the time, as of {@link System#nanoTime}
   * @return whether it has stayed full: that was reported
   */
  boolean look(long nanos) {
    try {
      return staysFull(isFull(nanos), nanos) && isFullAfterCollection();
    } catch (OutOfMemoryError e) {
      return staysFull(true, nanos) && reportNoRoom();
    }
  }

  private boolean isFull(long nanos) {
    var now = heap.get();
    boolean isFull = last != null && now.isFull(last, nanos - lastNanos);
    last = now;
    lastNanos = nanos;
    return isFull;
  }

  private boolean staysFull(boolean isFull, long nanos) {
    if (!isFull) {
      fullSince = -1;
    } else if (fullSince < 0) {
      fullSince = nanos;
    }
    return isFull && nanos - fullSince >= PATIENCE.toNanos();
  }

  private boolean reportNoRoom() {
    full.accept(() -> "the heap has been full for 15 s: no room even for a look at it; raise -Xmx");
    return true;
  }

  /** Collects the garbage, as the last collection may be long ago, and reports a full heap. */
  private boolean isFullAfterCollection() {
    collect.run();
    var now = heap.get();
    if (now.share() < NEARLY_FULL) {
      fullSince = -1;
      return false;
    }
    report(now);
    return true;
  }

  private void report(Sample sample) {
    full.accept(() ->
        "the heap has been full for %d s: %d of %d MiB are in use after garbage collection; raise -Xmx"
            .formatted(PATIENCE.toSeconds(), sample.used >> 20, sample.max >> 20));
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        if (look(System.nanoTime())) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
