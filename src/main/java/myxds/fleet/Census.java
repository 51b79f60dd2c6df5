package myxds.fleet;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.HoldCause.NodeNack;
import myxds.snapshot.KeptNode;
import org.jspecify.annotations.Nullable;

/** What people ask about the nodes. Each question is answered from the ledger as it is then. */
public final class Census {
  private final ConcurrentSkipListMap<String, NodeEntry> nodes;
  private final Function<NodeEntry, Position> positions;
  private final Gone gone;
  private final InstantSource clock;

  Census(
      ConcurrentSkipListMap<String, NodeEntry> nodes,
      Function<NodeEntry, Position> positions,
      Gone gone,
      InstantSource clock) {
    this.nodes = nodes;
    this.positions = positions;
    this.gone = gone;
    this.clock = clock;
  }

  /**
   * Which nodes are asked for.
   *
   * @param group null for any
   * @param state null for any
   * @param text part of the id or the cluster, in any case; empty for any
   * @param limit how many at most
   * @param after only ids behind this one; null from the first
   */
  public record Query(
      @Nullable String group,
      @Nullable NodeState state,
      String text,
      int limit,
      @Nullable String after) {}

  /**
   * Some nodes.
   *
   * @param nodes by id
   * @param counts by state, of all nodes of that group and text
   * @param total how many the query asks for
   * @param next the {@code after} of the query for those that follow; null when none do
   */
  public record Page(
      List<NodeStanding> nodes, Map<NodeState, Integer> counts, int total, @Nullable String next) {
    public Page {
      nodes = List.copyOf(nodes);
      counts = Map.copyOf(counts);
    }
  }

  public Page page(Query query) {
    var now = now();
    var text = query.text.toLowerCase(Locale.ROOT);
    var found = new ArrayList<NodeStanding>();
    var counts = zeros();
    int total = 0;
    boolean more = false;
    for (var node : nodes.entrySet()) {
      var position = positions.apply(node.getValue());
      if (!(query.group == null || query.group.equals(position.group()))
          || !matches(node.getValue(), text)) {
        continue;
      }
      var state = position.state(node.getValue(), now);
      counts.merge(state, 1, Integer::sum);
      if (query.state != null && query.state != state) {
        continue;
      }
      total++;
      boolean behind = query.after == null || node.getKey().compareTo(query.after) > 0;
      if (behind && found.size() < query.limit) {
        found.add(position.standing(node.getValue(), now));
      } else {
        more |= behind;
      }
    }
    return new Page(found, counts, total, more ? found.getLast().id() : null);
  }

  /** Who refuses the newest state of the group, and what they are served instead. */
  Rollbacks.Refusers refusers(String group) {
    var now = now();
    GroupSnapshot newest = null;
    int connected = 0;
    var goods = new HashMap<GroupSnapshot, Integer>();
    var nacks = new ArrayList<NodeNack>();
    for (var entry : nodes.values()) {
      var position = positions.apply(entry);
      var state = position.state(entry, now);
      if (position.group().equals(group) && state != NodeState.GONE) {
        connected++;
        newest = position.newest();
        if (state == NodeState.REFUSING && position.served() != newest) {
          goods.merge(Objects.requireNonNull(position.served()), 1, Integer::sum);
          var node = entry.node().getId();
          position.refused().values().forEach(nack -> nacks.add(new NodeNack(node, nack.kept())));
        }
      }
    }
    return new Rollbacks.Refusers(newest, connected, goods, nacks);
  }

  private static boolean matches(NodeEntry entry, String text) {
    if (text.isEmpty()) {
      return true;
    }
    var node = entry.node();
    return node.getId().toLowerCase(Locale.ROOT).contains(text)
        || node.getCluster().toLowerCase(Locale.ROOT).contains(text);
  }

  /** The node of this id; empty when there is none, and there was none lately. */
  public Optional<NodeStanding> node(String id) {
    var now = now();
    return Optional.ofNullable(nodes.get(id))
        .map(entry -> positions.apply(entry).standing(entry, now));
  }

  /** The state that the node runs as a whole, as far as is known; empty when that is not. */
  public Optional<GroupSnapshot> runs(String id) {
    var entry = nodes.get(id);
    if (entry == null) {
      return Optional.empty();
    }
    var served = positions.apply(entry).served();
    return Optional.ofNullable(served != null && entry.isAt(served) ? served : entry.whole());
  }

  /** Returns how many clients with this node.id are connected. */
  int clients(String id) {
    var entry = nodes.get(id);
    return entry != null && positions.apply(entry).state(entry, now()) != NodeState.GONE ? 1 : 0;
  }

  /** Returns the nodes that are connected, to be kept for the next start. */
  List<KeptNode> connected() {
    var now = now();
    var connected = new ArrayList<KeptNode>();
    for (var entry : nodes.values()) {
      var position = positions.apply(entry);
      if (position.state(entry, now) != NodeState.GONE) {
        connected.add(new KeptNode(position.group(), entry.node().getId(), 1));
      }
    }
    return connected;
  }

  /** How many nodes of each group are in each state. */
  public SortedMap<String, Map<NodeState, Integer>> counts() {
    var now = now();
    var groups = new TreeMap<String, Map<NodeState, Integer>>();
    for (var entry : nodes.values()) {
      var position = positions.apply(entry);
      groups
          .computeIfAbsent(position.group(), group -> zeros())
          .merge(position.state(entry, now), 1, Integer::sum);
    }
    return groups;
  }

  /** How many names each group's connected nodes ask for that its newest state has not. */
  public SortedMap<String, Integer> missing() {
    var now = now();
    var groups = new TreeMap<String, MissingNames>();
    for (var entry : nodes.values()) {
      var position = positions.apply(entry);
      var newest = position.newest();
      if (newest != null && position.state(entry, now) != NodeState.GONE) {
        groups
            .computeIfAbsent(position.group(), group -> new MissingNames(newest))
            .add(entry.asked());
      }
    }
    var counts = new TreeMap<String, Integer>();
    groups.forEach((group, names) -> counts.put(group, names.count()));
    return counts;
  }

  private Instant now() {
    var now = clock.instant();
    gone.prune(now);
    return now;
  }

  private static Map<NodeState, Integer> zeros() {
    var zeros = new EnumMap<NodeState, Integer>(NodeState.class);
    for (var state : NodeState.values()) {
      zeros.put(state, 0);
    }
    return zeros;
  }
}
