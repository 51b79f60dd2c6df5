package myxds.discovery;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.ServerCallHandler;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import myxds.discovery.engine.Response;
import myxds.discovery.engine.Rules;
import myxds.discovery.engine.Served;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * All open streams, and what the groups are served. A stream lives on its connection's event loop
 * and nowhere else; a publication is one write here and one task per loop, so that no stream waits
 * for another's lock.
 */
final class Streams {
  /** Of all groups together; few are in use at a time. */
  private static final int OLDER_STATES = 64;

  private final Map<String, Served> served = new ConcurrentHashMap<>();
  private final List<StreamLoop> loops = new ArrayList<>();
  private final Cache<Older, Served> older =
      CacheBuilder.newBuilder().maximumSize(OLDER_STATES).build();
  private final Assignment assignment;
  private final Rules rules;
  private final OutboundBudget budget;
  private final DiscoveryObserver observer;
  private final Duration patience;
  private final EventLoops threads;

  /** A state that some clients of a group are served instead of the newest. */
  private record Older(String group, String version, String newest) {}

  Streams(
      EventLoops threads,
      Assignment assignment,
      XdsServer.Delivery delivery,
      DiscoveryObserver observer) {
    this.assignment = assignment;
    this.rules = delivery.rules();
    this.budget = new OutboundBudget(delivery.outboundBytes(), this::wakeStarving);
    this.observer = observer;
    this.patience = delivery.stallPatience();
    this.threads = threads;
    for (var thread : threads.workers()) {
      loops.add(new StreamLoop(thread, this));
    }
  }

  /** From now on the group is served this. One thread publishes. */
  void publish(String group, GroupSnapshot snapshot) {
    var before = served.get(group);
    boolean first = served.put(group, new Served(snapshot, rules, before)) == null;
    for (var loop : loops) {
      loop.published(first ? null : group);
    }
  }

  /** Makes every stream of the group ask again which state it is served. */
  void reassign(String group) {
    loops.forEach(loop -> loop.published(group));
  }

  /** The groups of some nodes have changed. */
  void regroup() {
    loops.forEach(loop -> loop.published(null));
  }

  void retry(Predicate<Node> nodes) {
    loops.forEach(loop -> loop.retry(nodes));
  }

  /** Returns the newest state of the group; null when it has none yet. */
  @Nullable GroupSnapshot newest(String group) {
    var newest = served.get(group);
    return newest == null ? null : newest.snapshot();
  }

  /** Returns what a stream of the group is served now; null when the group has nothing yet. */
  @Nullable Served served(String group, XdsStream stream) {
    var newest = served.get(group);
    if (newest == null) {
      return null;
    }
    var chosen = assignment.choice(group, stream, newest.snapshot());
    return chosen == newest.snapshot() ? newest : older(group, chosen, newest);
  }

  private Served older(String group, GroupSnapshot chosen, Served newest) {
    var key = new Older(group, chosen.version(), newest.snapshot().version());
    try {
      return older.get(key, () -> new Served(chosen, rules, newest));
    } catch (ExecutionException e) {
      throw new UncheckedExecutionException(e.getCause());
    }
  }

  String group(Node node) {
    return assignment.group(node);
  }

  ServerCallHandler<Object, Response> handler(StreamMethod method) {
    return (call, headers) -> {
      var setting = new StreamCall.Setting(here(), rules, budget, observer);
      var stream = new StreamCall(call, method, setting);
      stream.open();
      return stream;
    };
  }

  long waitingBytes() {
    return budget.waiting();
  }

  /** Asks every open stream something, each on its own loop. */
  <T> CompletableFuture<List<T>> ask(Function<StreamCall, T> question) {
    var answers = loops.stream().map(loop -> loop.ask(question)).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> answers.stream().flatMap(one -> one.join().stream()).toList());
  }

  /** The loop of this thread: gRPC calls on the connection's own. */
  private StreamLoop here() {
    for (var loop : loops) {
      if (loop.isHere()) {
        return loop;
      }
    }
    throw new IllegalStateException("a call came on another thread than an event loop");
  }

  /** How long streams starve for want of room before one that does not read is ended. */
  Duration patience() {
    return patience;
  }

  /** Every loop lets go of the one of its streams that has kept bytes waiting longest. */
  void evict() {
    loops.forEach(StreamLoop::evictLongestStalled);
  }

  /** Ends a connection, whatever waits on it. */
  void disconnect(@Nullable SocketAddress client) {
    threads.disconnect(client);
  }

  /** The connection of a client; null when it is closed. */
  @Nullable ClientConnection connection(@Nullable SocketAddress client) {
    return threads.connection(client);
  }

  private void wakeStarving() {
    loops.forEach(StreamLoop::wakeStarving);
  }
}
