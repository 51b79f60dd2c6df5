package myxds.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The clients without a stream, from the one that was seen first. They are forgotten after a while,
 * and earlier when they are too many or take too many bytes. Guarded by itself, for an instant each
 * time.
 */
final class Gone {
  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 16 << 20;

  private final Duration keeps;
  private final BiConsumer<NodeEntry, Instant> forget;
  private final Map<NodeEntry, Seen> clients = new LinkedHashMap<>();
  private long bytes;

  private record Seen(Instant at, int bytes) {}

  /**
   * @param forget is called, without a lock, with a client and when it was seen last
   */
  Gone(Duration keeps, BiConsumer<NodeEntry, Instant> forget) {
    this.keeps = keeps;
    this.forget = forget;
  }

  /** Adds a client that has no stream, or moves it to the end. */
  void add(NodeEntry client, Instant now, int size) {
    synchronized (clients) {
      take(client);
      clients.put(client, new Seen(now, size));
      bytes += size;
    }
    prune(now);
  }

  /** Removes a client that is back, or that another one replaces. */
  void remove(NodeEntry client) {
    synchronized (clients) {
      take(client);
    }
  }

  /** Forgets the clients whose time has come. */
  void prune(Instant now) {
    due(now).forEach(one -> forget.accept(one.getKey(), one.getValue().at));
  }

  /** How many bytes they take, about. */
  long bytes() {
    synchronized (clients) {
      return bytes;
    }
  }

  private List<Map.Entry<NodeEntry, Seen>> due(Instant now) {
    var due = new ArrayList<Map.Entry<NodeEntry, Seen>>();
    synchronized (clients) {
      var oldest = clients.entrySet().iterator();
      while (oldest.hasNext()) {
        var one = oldest.next();
        boolean isOld = one.getValue().at.plus(keeps).isBefore(now);
        if (!isOld && clients.size() <= MOST && bytes <= MOST_BYTES) {
          return due;
        }
        due.add(Map.entry(one.getKey(), one.getValue()));
        bytes -= one.getValue().bytes;
        oldest.remove();
      }
    }
    return due;
  }

  private void take(NodeEntry client) {
    var before = clients.remove(client);
    bytes -= before == null ? 0 : before.bytes;
  }
}
