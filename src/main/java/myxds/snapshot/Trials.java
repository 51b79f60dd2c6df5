package myxds.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import myxds.gate.Candidate;
import myxds.gate.Judgement;
import myxds.resource.Documents;
import myxds.resource.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The trials of the newest state, group by group. It remembers them, so that of the next state only
 * what changed is tried again. Owned by the publisher's thread.
 */
final class Trials {
  private Publisher.Checks checks;
  private Judgement judgement = new Judgement(new TreeMap<>(), List.of());
  private boolean begun;
  private final SortedMap<String, Verdict> verdicts = new TreeMap<>();

  /** The last trial of a group, with the problems that it found besides the gate's. */
  private record Verdict(Candidate candidate, List<Problem> found) {}

  Trials(Publisher.Checks checks) {
    this.checks = checks;
  }

  /**
   * Begins with a new state of the source, or with other checks.
   *
   * @param groups the served groups
   * @return the candidates by group
   */
  SortedMap<String, Candidate> begin(
      Documents documents, Publisher.Checks now, Map<String, GroupState> groups) {
    if (!now.isAsStrictAs(checks)) {
      forget();
    }
    checks = now;
    begun = true;
    judgement = now.gate().judge(documents);
    var candidates = new TreeMap<>(judgement.groups());
    // A served group without a folder is judged too, as an empty one.
    groups.values().stream()
        .filter(group -> group.served() != null)
        .forEach(group -> candidates.putIfAbsent(group.name(), gone(group.name())));
    verdicts.keySet().retainAll(candidates.keySet());
    return candidates;
  }

  /** Tries a group's new state; returns nothing if it was tried before. */
  Optional<Trial.Result> result(Candidate candidate, @Nullable GroupSnapshot served) {
    var last = verdicts.get(candidate.group());
    if (last != null && last.candidate.equals(candidate)) {
      return Optional.empty();
    }
    var verdict = new Trial(checks.guard(), checks.opinion()).of(candidate, served);
    verdicts.put(candidate.group(), new Verdict(candidate, verdict.found()));
    return Optional.of(verdict.result());
  }

  /** Forgets all results: everything is tried again. */
  void forget() {
    verdicts.clear();
  }

  /**
   * Returns whether the source has the group; true before its first state, when that is unknown.
   */
  boolean hasFolder(String group) {
    return !begun || isInSource(group);
  }

  boolean isInSource(String group) {
    return judgement.groups().containsKey(group);
  }

  /** Returns whether the gate found an error. */
  boolean foundErrors() {
    return judgement.problems().stream().anyMatch(Problem::isError);
  }

  /** Returns the problems that the gate and the trials found. */
  List<Problem> problems() {
    var problems = new ArrayList<>(judgement.problems());
    verdicts.values().forEach(verdict -> problems.addAll(verdict.found));
    return problems;
  }

  private Candidate gone(String group) {
    var last = verdicts.get(group);
    return last != null && last.candidate.resources().isEmpty() && !isInSource(group)
        ? last.candidate
        : Candidate.empty(group);
  }
}
