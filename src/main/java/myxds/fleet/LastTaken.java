package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The states of each group that nodes took last as a whole, by build: what a new node of a build is
 * served when others of that build refused the newest. Safe for many threads.
 */
final class LastTaken {
  /** Of groups and builds: clients call their builds what they like. */
  private static final int MOST = 10_000;

  private final Map<Key, Taken> taken = new ConcurrentHashMap<>();
  private final Map<String, GroupSnapshot> known = new ConcurrentHashMap<>();

  private record Key(String group, String build) {}

  /** The last state first. {@code node} took the first; it may turn out that it did not. */
  private record Taken(String node, List<GroupSnapshot> states) {}

  void took(String group, Node node, GroupSnapshot state) {
    var key = new Key(group, Build.of(node));
    if (taken.size() >= MOST && !taken.containsKey(key)) {
      return;
    }
    taken.merge(
        key,
        new Taken(node.getId(), List.of(state)),
        (before, now) -> {
          var last = before.states.getFirst();
          return last.version().equals(state.version())
              ? new Taken(node.getId(), before.states)
              : new Taken(node.getId(), List.of(state, last));
        });
  }

  /** The node refused something of this state, so it never took it as a whole. */
  void refused(String group, Node node, String version) {
    taken.computeIfPresent(
        new Key(group, Build.of(node)),
        (key, before) -> {
          boolean own =
              before.node.equals(node.getId())
                  && before.states.getFirst().version().equals(version);
          if (!own) {
            return before;
          }
          var rest = before.states.subList(1, before.states.size());
          return rest.isEmpty() ? null : new Taken("", List.copyOf(rest));
        });
  }

  /** Whether a node of the build took just this state last. */
  boolean isBy(String group, String build, String version) {
    var last = taken.get(new Key(group, build));
    return last != null && last.states.getFirst().version().equals(version);
  }

  /** What a node of this build took last; else what any of the group did; null when none did. */
  @Nullable GroupSnapshot by(String group, Node node) {
    var own = taken.get(new Key(group, Build.of(node)));
    if (own != null) {
      return own.states.getFirst();
    }
    return taken.entrySet().stream()
        .filter(entry -> entry.getKey().group.equals(group))
        .map(entry -> entry.getValue().states.getFirst())
        .findFirst()
        .orElse(null);
  }

  /** A state that a node of the build took before the last start. */
  void knows(String group, String build, GroupSnapshot state) {
    known.put(state.version(), state);
    taken.putIfAbsent(new Key(group, build), new Taken("", List.of(state)));
  }

  /** A state by its version, if it is at hand; else what others of the build took last. */
  @Nullable GroupSnapshot find(String group, Node node, String version) {
    var found = known.get(version);
    return found != null ? found : by(group, node);
  }
}
