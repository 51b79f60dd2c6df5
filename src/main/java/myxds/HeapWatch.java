package myxds;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
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

  /** Less full, but collections take half of the time. */
  private static final double NEARLY_FULL = 0.85;

  private static final double MOST_OF_THE_TIME = 0.5;

  private final Supplier<Sample> heap;
  private final Runnable collect;
  private final Consumer<String> full;

  /** Given back when the heap is full, so that the reason can be logged. */
  @SuppressWarnings("UnusedVariable") // what counts is that it takes room
  private byte @Nullable [] reserve = new byte[1 << 20];

  private @Nullable Sample last;
  private long fullSince = -1;

  /**
   * The heap at one moment.
   *
   * @param nanos when
   * @param used bytes that the last collections left
   * @param max bytes that objects can have
   * @param collecting how long collections have taken since the start, in nanoseconds
   */
  record Sample(long nanos, long used, long max, long collecting) {

    private boolean isFull(Sample before) {
      double share = (double) used / max;
      double busy = (double) (collecting - before.collecting) / Math.max(1, nanos - before.nanos);
      return share >= FULL || (share >= NEARLY_FULL && busy >= MOST_OF_THE_TIME);
    }
  }

  /**
   * @param collect collects the whole heap's garbage
   * @param full is told that the heap stays full
   */
  HeapWatch(Supplier<Sample> heap, Runnable collect, Consumer<String> full) {
    this.heap = heap;
    this.collect = collect;
    this.full = full;
  }

  /** Watches the heap of this process until it ends. */
  static void start(Consumer<String> full) {
    var watch = new HeapWatch(HeapWatch::now, System::gc, full);
    Thread.ofPlatform().daemon().name("heap").start(watch::run);
  }

  /**
   * Looks at the heap once; called every second.
   *
   * @return whether it has stayed full: that was reported
   */
  boolean look() {
    var now = heap.get();
    boolean isFull = last != null && now.isFull(last);
    last = now;
    if (!isFull) {
      fullSince = -1;
    } else if (fullSince < 0) {
      fullSince = now.nanos;
    }
    return fullSince >= 0 && now.nanos - fullSince >= PATIENCE.toNanos() && isFullAfterCollection();
  }

  /** The last collection may be long ago, when what is garbage by now was in use. */
  private boolean isFullAfterCollection() {
    collect.run();
    var now = heap.get();
    if ((double) now.used / now.max < NEARLY_FULL) {
      fullSince = -1;
      return false;
    }
    report(now);
    return true;
  }

  private void report(Sample sample) {
    reserve = null;
    full.accept(
        "the heap has been full for %d s: %d of %d MiB are in use after garbage collection; raise -Xmx"
            .formatted(PATIENCE.toSeconds(), sample.used >> 20, sample.max >> 20));
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        if (looks()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean looks() {
    try {
      return look();
    } catch (OutOfMemoryError e) {
      // The next look comes in a second, with what others let go of.
      return false;
    }
  }

  private static Sample now() {
    long used = 0;
    long unusable = 0;
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      var left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      used += left == null ? 0 : left.getUsed();
      unusable += isSurvivor(pool) ? Math.max(0, pool.getUsage().getMax()) : 0;
    }
    return new Sample(
        System.nanoTime(), used, Runtime.getRuntime().maxMemory() - unusable, collecting());
  }

  /** Objects pass through it, and it stays empty when the heap is full. */
  private static boolean isSurvivor(MemoryPoolMXBean pool) {
    return pool.getName().contains("Survivor");
  }

  private static long collecting() {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    return collectors.stream()
        .mapToLong(one -> Duration.ofMillis(one.getCollectionTime()).toNanos())
        .sum();
  }
}
