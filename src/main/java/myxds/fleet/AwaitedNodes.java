package myxds.fleet;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.snapshot.KeptNode;
import myxds.snapshot.LastGood;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that were connected before the last stop and have not come back yet. Without them, a
 * fleet looks complete after a restart when one of its nodes has reconnected.
 */
public final class AwaitedNodes implements FleetObserver, AutoCloseable {
  /** Envoy waits at most 30 seconds between two attempts to connect. */
  public static final Duration RETURN_WITHIN = Duration.ofMinutes(2);

  private static final Logger log = LoggerFactory.getLogger(AwaitedNodes.class);
  private static final int MOST = 10_000;

  /** A large fleet that reconnects is written this often, not once for each node. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Supplier<Fleet> fleet;
  private final LastGood store;
  private final Options options;
  private final Coalesced keeping = new Coalesced("nodes", this::keepOrPlan);

  private volatile List<KeptNode> before = List.of();
  private volatile @Nullable Instant until;

  /** Owned by the thread of {@link #keeping}. */
  private long keptAt = System.nanoTime() - PAUSE.toNanos();

  // Guarded by this.
  private List<KeptNode> kept = List.of();
  private boolean stopping;

  /**
   * The clock and the time to wait.
   *
   * @param returnWithin how long after {@link #accepting} nodes are awaited
   */
  public record Options(Duration returnWithin, InstantSource clock) {}

  /**
   * @param store where connected nodes are kept for the next start
   */
  public AwaitedNodes(Supplier<Fleet> fleet, LastGood store, Options options) {
    this.fleet = fleet;
    this.store = store;
    this.options = options;
  }

  /** Reads which nodes were connected before the last stop; called once, before anyone asks. */
  public synchronized void remember() {
    before = store.nodes();
    kept = before;
  }

  /** Starts the time in which they can come back; called before the xDS ports accept. */
  public void accepting() {
    until = options.clock.instant().plus(options.returnWithin);
  }

  /** Returns the ids of the nodes that are awaited, by group; an id once for each client. */
  public SortedMap<String, List<String>> byGroup() {
    var groups = new TreeMap<String, List<String>>();
    for (var node : away()) {
      groups
          .computeIfAbsent(node.group(), group -> new ArrayList<>())
          .addAll(Collections.nCopies(node.clients(), node.id()));
    }
    return groups;
  }

  private List<KeptNode> away() {
    return before().isEmpty() ? List.of() : away(fleet.get().census().connected());
  }

  /** Returns the nodes that have not come back, in their group or, after an edit, in another. */
  private List<KeptNode> away(List<KeptNode> connected) {
    var nodes = before();
    var missing = new HashMap<String, Integer>();
    nodes.forEach(node -> missing.merge(node.id(), node.clients(), Integer::sum));
    connected.forEach(node -> missing.merge(node.id(), -node.clients(), Integer::sum));
    var here = merged(connected.stream());
    var away = new ArrayList<KeptNode>();
    for (var node : nodes) {
      var back = here.get(key(node));
      int clients =
          Math.min(
              node.clients() - (back == null ? 0 : back.clients()),
              missing.getOrDefault(node.id(), 0));
      if (clients > 0) {
        away.add(new KeptNode(node.group(), node.id(), clients));
      }
    }
    return away;
  }

  private static List<String> key(KeptNode node) {
    return List.of(node.group(), node.id());
  }

  /** Adds up the clients of each node, in the order of the nodes. */
  private static Map<List<String>, KeptNode> merged(Stream<KeptNode> nodes) {
    return nodes.collect(
        Collectors.toMap(AwaitedNodes::key, node -> node, KeptNode::and, LinkedHashMap::new));
  }

  private List<KeptNode> before() {
    var end = until;
    if (end != null && options.clock.instant().isAfter(end)) {
      before = List.of();
    }
    return before;
  }

  @Override
  public void connected(String node, String group) {
    keeping.due();
  }

  @Override
  public void disconnected(String node, String group) {
    keeping.due();
  }

  private void keepOrPlan() {
    var rest = PAUSE.minusNanos(System.nanoTime() - keptAt);
    if (rest.isPositive()) {
      keeping.plan(rest);
    } else {
      keep();
      keptAt = System.nanoTime();
    }
  }

  private synchronized void keep() {
    var now = connectedAndAway();
    if (stopping || now.equals(kept)) {
      return;
    }
    try {
      store.keepNodes(now);
      kept = now;
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("reason", e.toString())
          .log("could not keep which nodes are connected");
    }
  }

  private List<KeptNode> connectedAndAway() {
    var connected = fleet.get().census().connected();
    return merged(Stream.concat(connected.stream(), away(connected).stream())).values().stream()
        .limit(MOST)
        .toList();
  }

  /** Keeps the nodes that are connected now: those that leave later leave because of the stop. */
  @Override
  public void close() {
    synchronized (this) {
      keep();
      stopping = true;
    }
    keeping.close();
  }
}
