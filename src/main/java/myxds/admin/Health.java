package myxds.admin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import myxds.resource.Problem;
import myxds.snapshot.GroupState;
import myxds.snapshot.GroupState.Standing;
import myxds.snapshot.HoldCause;
import myxds.snapshot.PublishedState;

/** Whether the daemon is ready, and if not, why. */
final class Health {
  /** Enough to begin with; the API has them all. */
  private static final int SOME = 3;

  private Health() {}

  static Reply ready(PublishedState state, boolean accepting) {
    return notReady(state, accepting)
        .map(reason -> Reply.text(503, reason + "\n"))
        .orElseGet(() -> Reply.text(200, "ok\n" + degraded(state)));
  }

  private static Optional<String> notReady(PublishedState state, boolean accepting) {
    if (!state.ready()) {
      return Optional.of(state.trouble() != null ? state.trouble() : noGroup(state));
    }
    return accepting ? Optional.empty() : Optional.of("the xDS ports do not accept yet");
  }

  private static String noGroup(PublishedState state) {
    return "no group is valid\n" + some(state.allProblems());
  }

  private static String some(List<Problem> problems) {
    var errors = problems.stream().filter(Problem::isError).toList();
    var some = errors.stream().limit(SOME).map(Health::text).collect(Collectors.joining("\n"));
    var rest = errors.size() > SOME ? "\nand %d more".formatted(errors.size() - SOME) : "";
    return some + rest;
  }

  private static String text(Problem problem) {
    return problem.origin().file().isEmpty() ? problem.message() : problem.toString();
  }

  /** What is not as the newest configuration says; the daemon serves all the same. */
  private static String degraded(PublishedState state) {
    var groups = groups(state).stream().map(Health::line).collect(Collectors.joining());
    var trouble = state.trouble() == null ? "" : "degraded: " + state.trouble() + "\n";
    var own = some(state.own());
    return (own.isEmpty() ? "" : own.replaceAll("(?m)^", "degraded: ") + "\n") + trouble + groups;
  }

  private static List<GroupState> groups(PublishedState state) {
    return state.groups().values().stream()
        .filter(group -> group.standing() != Standing.PUBLISHED)
        .toList();
  }

  private static String line(GroupState group) {
    return switch (group.standing()) {
      case PUBLISHED -> "";
      case DEGRADED ->
          "degraded: group %s is served from its last good state\n".formatted(group.name());
      case HELD -> held(group);
      case REFUSED -> "degraded: group %s has no good state yet\n".formatted(group.name());
    };
  }

  private static String held(GroupState group) {
    var held = Objects.requireNonNull(group.held());
    return switch (held.cause()) {
      case HoldCause.Guarded(var why) ->
          "degraded: group %s has a state that is held: %s\n".formatted(group.name(), why);
      case HoldCause.RolledBack(var why, var nacks) ->
          "degraded: group %s was rolled back from version %s: %s\n"
              .formatted(group.name(), held.next().version(), why);
    };
  }
}
