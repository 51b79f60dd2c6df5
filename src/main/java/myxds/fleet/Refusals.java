package myxds.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private record States(Map<String, Refused> byVersion) {

    States with(String version) {
      var next = new LinkedHashMap<>(byVersion);
      next.put(version, new Refused());
      if (next.size() > STATES) {
        next.remove(next.keySet().iterator().next());
      }
      return new States(next);
    }
  }

  /** Who refused this state; null when nobody did. */
  @Nullable Refused of(String group, String version) {
    var states = groups.get(group);
    return states == null ? null : states.byVersion.get(version);
  }

  /** The same, to add to. */
  Refused at(String group, String version) {
    var states =
        groups.compute(
            group,
            (name, known) -> {
              var before = known == null ? new States(Map.of()) : known;
              return before.byVersion.containsKey(version) ? before : before.with(version);
            });
    return states.byVersion.get(version);
  }

  void forget(String group) {
    groups.remove(group);
  }
}
