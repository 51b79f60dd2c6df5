package myxds.cli;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why groups are not published: a line for each group, and its problems with their places. */
final class Reasons {
  private static final int MOST = 20;

  private Reasons() {}

  static List<String> of(Rollout rollout, AdminClient admin)
      throws CannotRun, InterruptedException {
    var troubles = rollout.troubles();
    if (troubles.isEmpty()) {
      return List.of();
    }
    var problems = problems(rollout, admin.get("/api/v1/problems", "problems"));
    int more = problems.size() - MOST;
    var some = problems.stream().limit(MOST).map(line -> "  " + line);
    var rest = more > 0 ? Stream.of("  and %d more".formatted(more)) : Stream.<String>of();
    return Stream.of(troubles.stream(), some, rest).flatMap(lines -> lines).toList();
  }

  /** Returns the problems of the groups that are not published, errors first. */
  private static List<String> problems(Rollout rollout, JsonObject answer) {
    var groups =
        rollout.unpublished().stream()
            .map(one -> Answers.text(one, "name"))
            .collect(Collectors.toSet());
    return Answers.objects(answer, "problems")
        .filter(one -> concerns(one, groups))
        .sorted(Comparator.comparing((JsonObject one) -> !isError(one)))
        .map(Lines::ofProblem)
        .toList();
  }

  private static boolean concerns(JsonObject problem, Set<String> groups) {
    var group = Answers.text(problem, "group");
    boolean isForAll = group.isEmpty() || group.equals("_common");
    boolean hasPlace = !Answers.text(problem, "file").isEmpty();
    return hasPlace && (groups.contains(group) || (isForAll && isError(problem)));
  }

  private static boolean isError(JsonObject problem) {
    return Answers.text(problem, "severity").equals("error");
  }
}
