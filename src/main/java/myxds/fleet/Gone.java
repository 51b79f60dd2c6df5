package myxds.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Forgets the nodes that are gone, after a while, and earlier when they are too many. */
final class Gone {
  private static final int MOST = 10_000;

  private final Map<String, NodeEntry> nodes;
  private final Duration keeps;
  private final Queue<Left> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  private record Left(String node, Instant at) {}

  Gone(Map<String, NodeEntry> nodes, Duration keeps) {
    this.nodes = nodes;
    this.keeps = keeps;
  }

  /** The node may be gone, or be so soon without a word. */
  void watch(String node, Instant now) {
    queue.add(new Left(node, now));
    size.incrementAndGet();
    prune(now);
  }

  /** Forgets those whose time has come. */
  void prune(Instant now) {
    var oldest = queue.peek();
    while (oldest != null && (size.get() > MOST || oldest.at.plus(keeps).isBefore(now))) {
      if (queue.remove(oldest)) {
        size.decrementAndGet();
        forget(oldest);
      }
      oldest = queue.peek();
    }
  }

  private void forget(Left left) {
    nodes.computeIfPresent(
        left.node,
        (id, entry) -> entry.hasStreams() || entry.lastSeen().isAfter(left.at) ? entry : null);
  }
}
