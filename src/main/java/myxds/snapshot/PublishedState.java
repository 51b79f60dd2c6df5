package myxds.snapshot;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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
 * @param own what is wrong with the daemon itself: its settings, its state folder
 */
public record PublishedState(
    Map<String, GroupState> groups,
    List<Problem> problems,
    boolean ready,
    @Nullable String trouble,
    List<Problem> own) {

  public PublishedState {
    own = List.copyOf(own);
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    problems = problems.stream().sorted(Comparator.comparing(Problem::origin)).toList();
  }

  /** With nothing wrong with the daemon itself. */
  public PublishedState(
      Map<String, GroupState> groups,
      List<Problem> problems,
      boolean ready,
      @Nullable String trouble) {
    this(groups, problems, ready, trouble, List.of());
  }

  /** Before anything was read. */
  public static final PublishedState NOTHING =
      new PublishedState(Map.of(), List.of(), false, "the configuration was not read yet");

  /** The same, of which the source's newest state is not known. */
  PublishedState inTrouble(String why) {
    return new PublishedState(groups, problems, ready, why, own);
  }

  /** The same, with this wrong with the daemon itself. */
  PublishedState with(List<Problem> wrong) {
    return new PublishedState(groups, problems, ready, trouble, wrong);
  }

  /** All that is wrong: with the daemon itself, then with the newest state. */
  public List<Problem> allProblems() {
    return Stream.concat(own.stream(), problems.stream()).toList();
  }

  /** Whether any of the groups is served something. */
  static boolean isServing(Map<String, GroupState> groups) {
    return groups.values().stream().anyMatch(group -> group.served() != null);
  }

  public Optional<GroupState> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }
}
