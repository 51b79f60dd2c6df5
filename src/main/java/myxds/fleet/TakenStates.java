package myxds.fleet;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The states of each group that clients ACKed last as a whole. A client that NACKs the newest state
 * and never ACKed any is served one of them. Safe for many threads.
 */
final class TakenStates {
  private static final int EACH = 3;

  private final Map<String, List<GroupSnapshot>> byGroup = new ConcurrentHashMap<>();
  private final Map<String, GroupSnapshot> stored = new ConcurrentHashMap<>();

  /** Adds a state that a client ACKed as a whole. */
  void took(String group, GroupSnapshot state) {
    byGroup.compute(
        group,
        (name, known) -> {
          var before = known == null ? List.<GroupSnapshot>of() : known;
          if (!before.isEmpty() && before.getFirst().version().equals(state.version())) {
            return before;
          }
          var others = before.stream().filter(one -> !one.version().equals(state.version()));
          return Stream.concat(Stream.of(state), others).limit(EACH).toList();
        });
  }

  /** Adds a state that a client ACKed before the last start. */
  void restored(String group, GroupSnapshot state) {
    stored.put(state.version(), state);
    byGroup.putIfAbsent(group, List.of(state));
  }

  /** Returns a state that a client of the group ACKed; null when it is not known. */
  @Nullable GroupSnapshot find(String group, String version) {
    var restored = stored.get(version);
    return restored != null ? restored : last(group, one -> one.version().equals(version));
  }

  /** Returns the last state of the group that may be served; null when there is none. */
  @Nullable GroupSnapshot last(String group, Predicate<GroupSnapshot> allowed) {
    return byGroup.getOrDefault(group, List.of()).stream().filter(allowed).findFirst().orElse(null);
  }
}
