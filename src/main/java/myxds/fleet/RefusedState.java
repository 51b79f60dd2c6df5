package myxds.fleet;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import myxds.resource.ResourceType;
import myxds.snapshot.KeptRefusal;
import org.jspecify.annotations.Nullable;

/**
 * One state of a group that nodes refused, and which. Safe for many threads; bounded, whatever
 * clients call themselves.
 */
final class RefusedState {
  /** More are known by their build only. */
  private static final int MOST_NODES = 10_000;

  private final Map<String, Refuser> nodes = new ConcurrentHashMap<>();
  private final Set<String> builds = ConcurrentHashMap.newKeySet();

  /** The builds of which a node took it as a whole: what others refused is their own matter. */
  private final Set<String> takenBy = ConcurrentHashMap.newKeySet();

  /**
   * A node that refused it.
   *
   * @param good the version of the state that it took last as a whole; empty when none
   */
  record Refuser(String build, String good, Map<ResourceType, Nack> nacks) {
    Refuser {
      nacks = Map.copyOf(nacks);
    }

    KeptRefusal kept(String group, String node, Nack nack) {
      var what =
          new KeptRefusal.What(
              nack.type(),
              nack.version(),
              nack.reason(),
              nack.at(),
              nack.inferred(),
              nack.resource(),
              nack.origin());
      return new KeptRefusal(group, nack.of(), node, build, good, what);
    }
  }

  void add(String node, String build, String good, Nack nack) {
    if (builds.size() < MOST_NODES) {
      builds.add(build);
    }
    if (nodes.size() < MOST_NODES || nodes.containsKey(node)) {
      nodes.merge(
          node,
          new Refuser(build, good, Map.of(nack.type(), nack)),
          (before, now) -> {
            var nacks = new ConcurrentHashMap<>(before.nacks);
            nacks.putAll(now.nacks);
            return new Refuser(build, before.good.isEmpty() ? good : before.good, nacks);
          });
    }
  }

  /** The node took this type after all. Whether nothing is left that it refuses. */
  boolean took(String node, ResourceType type) {
    var left =
        nodes.computeIfPresent(
            node,
            (id, refuser) -> {
              var nacks = new ConcurrentHashMap<>(refuser.nacks);
              nacks.remove(type);
              return nacks.isEmpty() ? null : new Refuser(refuser.build, refuser.good, nacks);
            });
    return left == null;
  }

  /** A node of the build took it as a whole. */
  void taken(String build) {
    takenBy.add(build);
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

  Map<String, Refuser> refusers() {
    return nodes;
  }
}
