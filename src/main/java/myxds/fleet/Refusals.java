package myxds.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import myxds.snapshot.KeptRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The states of each group that were refused: the last few, so that one that comes back is known.
 */
final class Refusals {
  private static final int STATES = 8;

  private final Map<String, States> groups = new ConcurrentHashMap<>();

  /**
   * Of one group, by version, the oldest first. Replaced as a whole: read far more than written.
   */
  private record States(Map<String, RefusedState> byVersion) {

    States with(String version) {
      var next = new LinkedHashMap<>(byVersion);
      next.put(version, new RefusedState());
      if (next.size() > STATES) {
        next.remove(next.keySet().iterator().next());
      }
      return new States(next);
    }
  }

  /** Who refused this state; null when nobody did. */
  @Nullable RefusedState of(String group, String version) {
    var states = groups.get(group);
    return states == null ? null : states.byVersion.get(version);
  }

  /** The same, to add to. */
  RefusedState at(String group, String version) {
    var states =
        groups.compute(
            group,
            (name, known) -> {
              var before = known == null ? new States(Map.of()) : known;
              return before.byVersion.containsKey(version) ? before : before.with(version);
            });
    return Objects.requireNonNull(states.byVersion.get(version));
  }

  /** All of them, to be kept. */
  List<KeptRefusal> kept() {
    var kept = new ArrayList<KeptRefusal>();
    groups.forEach((group, states) ->
        states.byVersion.forEach((version, state) ->
            state
                .refusers()
                .forEach((node, refuser) ->
                    refuser.nacks().values().stream()
                        .map(nack -> refuser.kept(group, node, nack))
                        .forEach(kept::add))));
    return kept;
  }
}
