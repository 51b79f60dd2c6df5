package myxds.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final SortedMap<String, Verdict> verdicts = new TreeMap<>();

  /** What was judged of a group last, and what was found that the gate does not know. */
  private record Verdict(Candidate candidate, List<Problem> found) {}

  Trials(Publisher.Checks checks) {
    this.checks = checks;
  }

  /**
   * Begins with a new state of the source, or with other checks.
   *
   * @param groups as they are served
   * @return what is to be tried, by group
   */
  SortedMap<String, Candidate> begin(
      Documents documents, Publisher.Checks now, Map<String, GroupState> groups) {
    if (!now.isAsStrictAs(checks)) {
      forget();
    }
    checks = now;
    judgement = now.gate().judge(documents);
    var candidates = new TreeMap<>(judgement.groups());
    // Whoever lost its folder is judged too: as one of which nothing is left.
    groups.values().stream()
        .filter(group -> group.served() != null)
        .forEach(group -> candidates.putIfAbsent(group.name(), gone(group.name())));
    verdicts.keySet().retainAll(candidates.keySet());
    return candidates;
  }

  /** What comes of a group's new state; empty if it was tried before. */
  Optional<Trial.Result> result(Candidate candidate, @Nullable GroupSnapshot served) {
    var last = verdicts.get(candidate.group());
    if (last != null && last.candidate.equals(candidate)) {
      return Optional.empty();
    }
    var verdict = new Trial(checks.guard(), checks.opinion()).of(candidate, served);
    verdicts.put(candidate.group(), new Verdict(candidate, verdict.found()));
    return Optional.of(verdict.result());
  }

  /** From now on everything is tried again. */
  void forget() {
    verdicts.clear();
  }

  /** The groups that the source has. */
  Set<String> inSource() {
    return judgement.groups().keySet();
  }

  boolean isInSource(String group) {
    return judgement.groups().containsKey(group);
  }

  /** Whether the gate found an error. */
  boolean foundErrors() {
    return judgement.problems().stream().anyMatch(Problem::isError);
  }

  /** All that was found. */
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
