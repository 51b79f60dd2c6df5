package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.fleet.Quarantine.Choice;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/** The newest states of the groups, and where each client ought to be. Safe for many threads. */
final class Positions {
  private final Function<Node, String> groups;
  private final Quarantine quarantine;
  private final Expected expected;
  private final InstantSource clock;
  private final Map<String, Newest> newest = new ConcurrentHashMap<>();

  /**
   * The newest state of a group.
   *
   * @param at when it came
   * @param referenced by its resources
   * @param unreferenced by its resources, but by those of an earlier state: an Envoy requests them
   *     until listeners of that state have drained
   */
  record Newest(
      GroupSnapshot snapshot,
      Instant at,
      Set<ResourceId> referenced,
      Set<ResourceId> unreferenced) {
    private static final int MOST = 10_000;

    /**
     * Returns whether the state lacks a name that a client requests because of it, or by itself.
     */
    boolean isMissing(ResourceType type, String name) {
      return snapshot.ofType(type).isMissing(name)
          && !unreferenced.contains(new ResourceId(type, name));
    }

    /** Returns what this state and earlier ones referenced, except what the next one does. */
    private Set<ResourceId> unused(Set<ResourceId> next) {
      return Stream.concat(referenced.stream(), unreferenced.stream())
          .filter(one -> !next.contains(one))
          .limit(MOST)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /**
   * @param groups the group that a node belongs to
   */
  Positions(
      Function<Node, String> groups,
      Quarantine quarantine,
      Expected expected,
      InstantSource clock) {
    this.groups = groups;
    this.quarantine = quarantine;
    this.expected = expected;
    this.clock = clock;
  }

  void published(String group, GroupSnapshot state) {
    var referenced = expected.referenced(state);
    newest.compute(
        group,
        (name, before) -> {
          var unused = before == null ? Set.<ResourceId>of() : before.unused(referenced);
          return new Newest(state, clock.instant(), referenced, unused);
        });
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
      return Position.unmatched(group);
    }
    var snapshot = state.snapshot;
    return new Position(
        group,
        state,
        choice(group, client, snapshot).state(),
        quarantine.marks(group, client, snapshot),
        client.isAt(snapshot) && isSettled(client, snapshot));
  }

  /**
   * Returns whether the client has sent all requests that the state leads to, or sends no further
   * ones.
   */
  boolean isSettled(NodeEntry client, GroupSnapshot state) {
    var progress = client.progress();
    if (progress.isSettled(state.version())) {
      return true;
    }
    boolean isSettled =
        expected.isQuiet(progress.changedAt(), clock.instant())
            || expected.isComplete(client.asked(), state);
    if (isSettled) {
      progress.settle(state.version());
    }
    return isSettled;
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
