package myxds.snapshot;

import java.util.ArrayList;
import java.util.List;
import myxds.gate.Candidate;
import myxds.resource.Problem;
import org.jspecify.annotations.Nullable;

/** Holds a group's new state against what is served: everything that it has to pass. */
record Trial(Guard guard, Opinion opinion) {

  /** What came of it. */
  sealed interface Result {
    /** To be served. */
    record Fit(GroupSnapshot next) implements Result {}

    /** It is what is served already. */
    record Same() implements Result {}

    /** To be looked at before it is served. */
    record Doubtful(GroupState.Held held) implements Result {}

    /**
     * Not to be served.
     *
     * @param problems all of them
     */
    record Unfit(List<Problem> problems) implements Result {}
  }

  /**
   * @param found the problems that only the opinion knows, beside those of the candidate
   */
  record Verdict(Result result, List<Problem> found) {}

  Verdict of(Candidate candidate, @Nullable GroupSnapshot served) {
    if (!candidate.isSound()) {
      return new Verdict(new Result.Unfit(candidate.problems()), List.of());
    }
    var next = GroupSnapshot.of(candidate.resources(), served);
    if (served != null && served.version().equals(next.version())) {
      return new Verdict(new Result.Same(), List.of());
    }
    var found = opinion.of(candidate, next.version());
    return new Verdict(result(candidate, next, served, found), found);
  }

  private Result result(
      Candidate candidate,
      GroupSnapshot next,
      @Nullable GroupSnapshot served,
      List<Problem> found) {
    if (found.stream().anyMatch(Problem::isError)) {
      var all = new ArrayList<>(candidate.problems());
      all.addAll(found);
      return new Result.Unfit(List.copyOf(all));
    }
    if (served == null) {
      return new Result.Fit(next);
    }
    return guard
        .objection(served, next)
        .<Result>map(
            why -> new Result.Doubtful(new GroupState.Held(next, new HoldCause.Guarded(why))))
        .orElseGet(() -> new Result.Fit(next));
  }
}
