package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of one event loop. Whatever is not said to be safe is called on that loop only. */
final class StreamLoop {
  private static final Logger log = LoggerFactory.getLogger(StreamLoop.class);

  /**
   * After as many bytes, the loop looks after its sockets: what was written leaves. All streams of
   * a small change are written first and their ACKs read after, so that nobody waits for another's.
   */
  private static final int BYTES_AT_A_TIME = 4 << 20;

  private final EventExecutor thread;
  private final Streams streams;
  private final Map<String, Set<StreamCall>> byGroup = new HashMap<>();
  private final Set<StreamCall> starving = new LinkedHashSet<>();
  private long written;

  StreamLoop(EventExecutor thread, Streams streams) {
    this.thread = thread;
    this.streams = streams;
  }

  boolean isHere() {
    return thread.inEventLoop();
  }

  /**
   * Brings the streams of a group up to date, or all when it is null: a new group may be theirs.
   * Safe.
   */
  void published(@Nullable String group) {
    execute(() -> {
      if (group == null) {
        inTurns(new ArrayDeque<>(all()), StreamCall::regroup);
      } else {
        inTurns(new ArrayDeque<>(byGroup.getOrDefault(group, Set.of())), StreamCall::refresh);
      }
    });
  }

  /** Offers again what these nodes refused. Safe. */
  void retry(Predicate<Node> nodes) {
    execute(() -> inTurns(new ArrayDeque<>(all()), call -> call.retry(nodes)));
  }

  /** Lets those go on that had no room to send. Safe. */
  void wakeStarving() {
    execute(() -> {
      var woken = new ArrayDeque<>(starving);
      starving.clear();
      inTurns(woken, StreamCall::onReady);
    });
  }

  /** Asks all streams something. Safe. */
  <T> CompletableFuture<List<T>> ask(Function<StreamCall, T> question) {
    return CompletableFuture.supplyAsync(() -> all().stream().map(question).toList(), thread);
  }

  void join(String group, StreamCall call) {
    byGroup.computeIfAbsent(group, name -> new LinkedHashSet<>()).add(call);
  }

  void leave(String group, StreamCall call) {
    starving.remove(call);
    var calls = byGroup.get(group);
    if (calls != null && calls.remove(call) && calls.isEmpty()) {
      byGroup.remove(group);
    }
  }

  /** The stream has something to say and there is no room: it is woken when there is. */
  void starve(StreamCall call) {
    if (starving.isEmpty()) {
      schedule(streams.patience().toNanos(), this::relieve);
    }
    starving.add(call);
  }

  /** Streams have starved for so long: somebody who does not read has to go. */
  private void relieve() {
    if (!starving.isEmpty()) {
      streams.evict();
      schedule(streams.patience().toNanos(), this::relieve);
    }
  }

  /** Ends the stream that has kept bytes waiting longest, if that is too long. Safe. */
  void evictLongestStalled() {
    execute(() ->
        all().stream()
            .filter(call -> call.stalled().compareTo(streams.patience()) >= 0)
            .max(Comparator.comparing(StreamCall::stalled))
            .ifPresent(StreamCall::evict));
  }

  Streams streams() {
    return streams;
  }

  void schedule(long nanos, Runnable task) {
    var unused = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** A stream of this loop handed so many bytes to its transport. */
  void wrote(long bytes) {
    written += bytes;
  }

  private Collection<StreamCall> all() {
    return byGroup.values().stream().flatMap(Set::stream).toList();
  }

  private void inTurns(ArrayDeque<StreamCall> calls, Consumer<StreamCall> turn) {
    written = 0;
    while (written < BYTES_AT_A_TIME) {
      var call = calls.poll();
      if (call == null) {
        return;
      }
      turn.accept(call);
    }
    execute(() -> inTurns(calls, turn));
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      log.atDebug().log("ignored a publication after the stop");
    }
  }
}
