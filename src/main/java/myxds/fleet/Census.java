package myxds.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.KeptNode;
import org.jspecify.annotations.Nullable;

/** Answers what people ask about the nodes, from the ledger as it is at that moment. */
public final class Census {
  /** The worst first: it is what a question about an id that several Envoys share is after. */
  private static final List<NodeState> WORST_FIRST =
      List.of(
          NodeState.REFUSING,
          NodeState.BEHIND,
          NodeState.UNMATCHED,
          NodeState.IN_SYNC,
          NodeState.GONE);

  private final Clients clients;
  private final Positions positions;
  private final InstantSource clock;

  Census(Clients clients, Positions positions, InstantSource clock) {
    this.clients = clients;
    this.positions = positions;
    this.clock = clock;
  }

  /**
   * Which nodes are asked for.
   *
   * @param group null for any
   * @param state null for any
   * @param text part of the id or the cluster, in any case; empty for any
   * @param limit how many at most
   * @param after lists only nodes behind this: a page's {@link Page#next}, or an id; null for the
   *     first page
   */
  public record Query(
      @Nullable String group,
      @Nullable NodeState state,
      String text,
      int limit,
      @Nullable String after) {}

  /**
   * Some nodes. Envoys that share an id are listed one by one.
   *
   * @param nodes by id, and those that share one by address
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
    ClientKey last = null;
    for (var client : clients.all()) {
      var position = positions.of(client);
      if (!(query.group == null || query.group.equals(position.group()))
          || !matches(client, text)) {
        continue;
      }
      var state = position.state(client, now);
      counts.merge(state, 1, Integer::sum);
      if (query.state != null && query.state != state) {
        continue;
      }
      total++;
      boolean behind = query.after == null || client.key().isBehind(query.after);
      if (behind && found.size() < query.limit) {
        found.add(position.standing(client, now, sharing(client.key().id(), now)));
        last = client.key();
      } else {
        more |= behind;
      }
    }
    return new Page(found, counts, total, more && last != null ? cursor(last) : null);
  }

  /** An id says enough where its last client is. */
  private String cursor(ClientKey last) {
    return clients.of(last.id()).getLast().key().equals(last) ? last.id() : last.cursor();
  }

  /** Returns how many connected clients have this id. */
  private int sharing(String id, Instant now) {
    return (int) clients.of(id).stream().filter(one -> !Position.isGone(one, now)).count();
  }

  private NodeState state(NodeEntry client, Instant now) {
    return positions.of(client).state(client, now);
  }

  /**
   * Returns which clients count for a rollback of the group, and how many of them NACKed its newest
   * state. A client counts that ACKed an earlier state on its present connection and has been
   * connected for some time; those of one address count as one, and NACK when all of them do.
   *
   * @param age how long a client must have been connected
   */
  Optional<Rollbacks.Refusers> refusers(String group, Duration age) {
    var newest = positions.newest(group);
    if (newest == null) {
      return Optional.empty();
    }
    var refusers = new RefuserCount(newest, now().minus(age));
    for (var client : clients.all()) {
      var position = positions.of(client);
      if (client.hasStreams() && position.group().equals(group)) {
        refusers.add(client, position);
      }
    }
    return Optional.of(refusers.result());
  }

  private static boolean matches(NodeEntry entry, String text) {
    if (text.isEmpty()) {
      return true;
    }
    var node = entry.node();
    return node.getId().toLowerCase(Locale.ROOT).contains(text)
        || node.getCluster().toLowerCase(Locale.ROOT).contains(text);
  }

  /**
   * Returns the node of this id; of several, the one in the worst state. Empty when there is none,
   * and there was none lately.
   */
  public Optional<NodeStanding> node(String id) {
    return nodes(id).stream().findFirst();
  }

  /** Returns the nodes of this id, those in the worst state first. */
  public List<NodeStanding> nodes(String id) {
    var now = now();
    int sharing = sharing(id, now);
    return clients.of(id).stream()
        .map(client -> positions.of(client).standing(client, now, sharing))
        .sorted(Comparator.comparingInt(node -> WORST_FIRST.indexOf(node.state())))
        .toList();
  }

  /**
   * Returns the connected client of this id that is in the worst state; empty when there is none.
   */
  Optional<NodeEntry> connected(String id) {
    var now = now();
    return clients.of(id).stream()
        .filter(client -> !Position.isGone(client, now))
        .min(Comparator.comparingInt(client -> WORST_FIRST.indexOf(state(client, now))));
  }

  /** Returns the state that the node runs as a whole, as far as is known; else empty. */
  public Optional<GroupSnapshot> runs(NodeStanding node) {
    return clients.of(node.id()).stream()
        .filter(client -> client.key().address().equals(node.address()))
        .findFirst()
        .map(client -> {
          var served = positions.of(client).served();
          return served != null && client.isAt(served) ? served : client.good();
        });
  }

  /** Returns the connected clients, each as a node of its own. */
  List<KeptNode> connected() {
    var now = now();
    return clients.all().stream()
        .filter(client -> !Position.isGone(client, now))
        .map(client -> new KeptNode(positions.group(client), client.key().id(), 1))
        .toList();
  }

  /** Returns the version of each group's newest state. */
  public Map<String, String> versions() {
    var versions = new TreeMap<String, String>();
    positions.newest().forEach((group, state) -> versions.put(group, state.snapshot().version()));
    return versions;
  }

  /** How many nodes of each group are in each state. */
  public SortedMap<String, Map<NodeState, Integer>> counts() {
    var now = now();
    var groups = new TreeMap<String, Map<NodeState, Integer>>();
    for (var entry : clients.all()) {
      var position = positions.of(entry);
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
    for (var entry : clients.all()) {
      var position = positions.of(entry);
      var newest = position.state();
      if (newest != null && !Position.isGone(entry, now)) {
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
    clients.prune(now);
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
