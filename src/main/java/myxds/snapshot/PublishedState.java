package myxds.snapshot;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import myxds.resource.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is served and what is wrong, at one moment; immutable.
 *
 * @param groups by name, sorted
 * @param problems of the newest state of the source, sorted by place; empty: what the source holds
 *     is what is served
 * @param ready whether one complete state was judged with at least one group to serve, or with none
 *     in the source at all; stays true
 * @param trouble why the source cannot be read now; null when it can
 */
public record PublishedState(
    Map<String, GroupState> groups,
    List<Problem> problems,
    boolean ready,
    @Nullable String trouble) {

  public PublishedState {
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    problems = problems.stream().sorted(Comparator.comparing(Problem::origin)).toList();
  }

  /** Before anything was read. */
  public static final PublishedState NOTHING =
      new PublishedState(Map.of(), List.of(), false, "the configuration was not read yet");

  /** The same, of which the source's newest state is not known. */
  PublishedState inTrouble(String why) {
    return new PublishedState(groups, problems, ready, why);
  }

  /** Whether any of the groups is served something. */
  static boolean isServing(Map<String, GroupState> groups) {
    return groups.values().stream().anyMatch(group -> group.served() != null);
  }

  public Optional<GroupState> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }
}
