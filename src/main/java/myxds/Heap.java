package myxds;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The heap of this process. Measuring it allocates next to nothing: the heap may be full. */
record Heap(List<MemoryPoolMXBean> pools, List<GarbageCollectorMXBean> collectors) {

  static Heap ofProcess() {
    var pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
            .toList();
    return new Heap(pools, ManagementFactory.getGarbageCollectorMXBeans());
  }

  HeapWatch.Sample measure() {
    long used = 0;
    long unusable = 0;
    for (var pool : pools) {
      used += pool.getCollectionUsage().getUsed();
      unusable += isSurvivor(pool) ? Math.max(0, pool.getUsage().getMax()) : 0;
    }
    long collecting = 0;
    for (var collector : collectors) {
      collecting += TimeUnit.MILLISECONDS.toNanos(collector.getCollectionTime());
    }
    long max = Runtime.getRuntime().maxMemory() - unusable;
    return new HeapWatch.Sample(used, max, collecting);
  }

  /** Returns whether it is a survivor space, which stays empty when the heap is full. */
  private static boolean isSurvivor(MemoryPoolMXBean pool) {
    return pool.getName().contains("Survivor");
  }
}
