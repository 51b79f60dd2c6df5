package myxds.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.KeptRefusal;

/** What of each group was refused: the last few contents, no more than that. */
final class Refusals {
  private static final int CONTENTS = 16;

  private final Map<String, Contents> groups = new ConcurrentHashMap<>();

  /** Of one group, the oldest first. Replaced as a whole: read far more often than written. */
  private record Contents(Map<RefusedContent.Key, RefusedContent> byKey) {

    Contents with(RefusedContent content) {
      var next = new LinkedHashMap<>(byKey);
      next.put(content.key(), content);
      if (next.size() > CONTENTS) {
        next.remove(next.keySet().iterator().next());
      }
      return new Contents(next);
    }
  }

  /** What of this state was refused, by whomever; mostly nothing. */
  List<RefusedContent> in(String group, GroupSnapshot state) {
    var contents = groups.get(group);
    return contents == null
        ? List.of()
        : contents.byKey.values().stream().filter(content -> content.isIn(state)).toList();
  }

  /** What the refusal is about, to add it there. */
  RefusedContent of(String group, Nack nack) {
    var key = new RefusedContent.Key(nack.type(), nack.version());
    var contents =
        groups.compute(
            group,
            (name, known) -> {
              var before = known == null ? new Contents(Map.of()) : known;
              return before.byKey.containsKey(key)
                  ? before
                  : before.with(new RefusedContent(key, nack.of()));
            });
    return Objects.requireNonNull(contents.byKey.get(key));
  }

  /** The group has a new state; what is no longer in it may come back. Whether anything was. */
  boolean retain(String group, GroupSnapshot state) {
    var before = groups.get(group);
    groups.computeIfPresent(
        group,
        (name, known) -> {
          var left = new LinkedHashMap<>(known.byKey);
          left.values().removeIf(content -> !content.isIn(state));
          return left.isEmpty() ? null : new Contents(left);
        });
    return before != null;
  }

  /** All of them, to be kept. */
  List<KeptRefusal> kept() {
    var kept = new ArrayList<KeptRefusal>();
    groups.forEach((group, contents) ->
        contents.byKey.values().forEach(content -> kept.addAll(content.kept(group))));
    return kept;
  }
}
