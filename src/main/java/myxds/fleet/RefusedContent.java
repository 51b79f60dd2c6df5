package myxds.fleet;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.KeptRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The content of one type that nodes of a group refused, and which. Safe for many threads; bounded,
 * whatever clients call themselves.
 */
final class RefusedContent {
  /** More are known by their build only. */
  private static final int MOST_NODES = 10_000;

  private final Key key;
  private final String of;
  private final Map<String, Refuser> nodes = new ConcurrentHashMap<>();
  private final Set<String> builds = ConcurrentHashMap.newKeySet();

  /** The builds of which a node took it: what others of them refused is their own matter. */
  private final Set<String> takenBy = ConcurrentHashMap.newKeySet();

  /** Which content. */
  record Key(ResourceType type, String version) {}

  /**
   * A node that refused it.
   *
   * @param good the version of the state that it took last as a whole; empty when none
   */
  record Refuser(String build, String good, Nack nack) {}

  /**
   * @param of the version of the state that it was part of when it was refused first
   */
  RefusedContent(Key key, String of) {
    this.key = key;
    this.of = of;
  }

  Key key() {
    return key;
  }

  /** Whether who refused this refuses that state. */
  boolean isIn(GroupSnapshot state) {
    return of.equals(state.version()) || key.version.equals(state.version(key.type));
  }

  /** Whether it was refused with just that state, so that all of the state is in doubt. */
  boolean isOf(GroupSnapshot state) {
    return of.equals(state.version());
  }

  void add(String node, Refuser refuser) {
    if (builds.size() < MOST_NODES) {
      builds.add(refuser.build);
    }
    if (nodes.size() < MOST_NODES || nodes.containsKey(node)) {
      nodes.put(node, refuser);
    }
  }

  /** The node took it after all. */
  boolean took(String node) {
    return nodes.remove(node) != null;
  }

  /** A node of the build took it with all that belongs to it. Whether that is new. */
  boolean taken(String build) {
    return takenBy.size() < MOST_NODES && takenBy.add(build);
  }

  /**
   * It is to be offered again.
   *
   * @param node to it only; null for all
   * @return whom that means
   */
  Set<String> forget(@Nullable String node) {
    var forgotten = new HashSet<>(nodes.keySet());
    if (node != null) {
      forgotten.retainAll(Set.of(node));
    }
    nodes.keySet().removeAll(forgotten);
    builds.retainAll(nodes.values().stream().map(Refuser::build).collect(Collectors.toSet()));
    return forgotten;
  }

  @Nullable Refuser by(String node) {
    return nodes.get(node);
  }

  /** Whether a node that was never offered it would refuse it, as far as is known. */
  boolean byBuild(String build) {
    return builds.contains(build) && !takenBy.contains(build);
  }

  /** All of it, to be kept. */
  List<KeptRefusal> kept(String group) {
    return nodes.entrySet().stream()
        .map(node -> {
          var refuser = node.getValue();
          boolean disputed = takenBy.contains(refuser.build);
          return new KeptRefusal(
              group,
              refuser.nack.of(),
              node.getKey(),
              refuser.build,
              refuser.good,
              disputed,
              refuser.nack.kept());
        })
        .toList();
  }
}
