package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import myxds.fleet.Quarantine.Choice;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/** The newest states of the groups, and where each client ought to be. Safe for many threads. */
final class Positions {
  private final Function<Node, String> groups;
  private final Quarantine quarantine;
  private final Map<String, Newest> newest = new ConcurrentHashMap<>();

  /** The newest state of a group, and when it came. */
  record Newest(GroupSnapshot snapshot, Instant at) {}

  /**
   * @param groups the group that a node belongs to
   */
  Positions(Function<Node, String> groups, Quarantine quarantine) {
    this.groups = groups;
    this.quarantine = quarantine;
  }

  void published(String group, Newest state) {
    newest.put(group, state);
  }

  /** Returns the newest state of the group; null when it has none. */
  @Nullable Newest newest(String group) {
    return newest.get(group);
  }

  /** Returns the newest states by group. */
  Map<String, Newest> newest() {
    return newest;
  }

  String group(Node node) {
    return groups.apply(node);
  }

  /** Returns the group that the client belongs to; of one without a stream, belonged to last. */
  String group(NodeEntry client) {
    var last = client.group();
    return last.isEmpty() ? group(client.node()) : last;
  }

  Position of(NodeEntry client) {
    var group = group(client);
    var state = newest.get(group);
    if (state == null) {
      return new Position(group, null, null, List.of());
    }
    var snapshot = state.snapshot;
    return new Position(
        group,
        snapshot,
        choice(group, client, snapshot).state(),
        quarantine.marks(group, client, snapshot));
  }

  /** Returns what the client is served. A request without a stream gets the newest state. */
  Choice choice(String group, NodeEntry client, GroupSnapshot state) {
    return client.latest().transport().isStream()
        ? quarantine.choice(group, client, state)
        : new Choice(state, true);
  }

  /** Whether the client is served another state than the newest. */
  boolean isBack(String group, NodeEntry client) {
    var state = newest.get(group);
    return state != null && choice(group, client, state.snapshot).state() != state.snapshot;
  }

  /** Returns what clients NACKed of the newest state of the group; mostly nothing. */
  List<RefusedContent> refused(String group) {
    var state = newest.get(group);
    return state == null ? List.of() : quarantine.contents(group, state.snapshot);
  }
}
