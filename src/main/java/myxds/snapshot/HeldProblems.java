package myxds.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ResourceId;
import myxds.snapshot.GroupState.Held;
import myxds.snapshot.HoldCause.Guarded;
import myxds.snapshot.HoldCause.Kind;
import myxds.snapshot.HoldCause.NodeNack;
import myxds.snapshot.HoldCause.RolledBack;

/** The problems that a held state is: one for the guard, one for each kind of NACK. */
final class HeldProblems {
  private static final int MOST_NAMES = 3;

  private HeldProblems() {}

  static List<Problem> of(String group, Held held) {
    var approve = held.approval(group);
    return switch (held.cause()) {
      case Guarded(var why) ->
          List.of(
              Problem.warning(
                  folder(group),
                  "held: %s; what its nodes run is still served (to publish it: %s)"
                      .formatted(why, approve)));
      case RolledBack back -> rolledBack(group, back, summary(held, back, approve));
    };
  }

  private static String summary(Held held, RolledBack back, String approve) {
    return "rolled back: %s (version %s); the state before it is served (to publish it all the same: %s)"
        .formatted(back.why(), held.next().version(), approve);
  }

  private static List<Problem> rolledBack(String group, RolledBack back, String summary) {
    if (back.nacks().isEmpty()) {
      return List.of(Problem.error(folder(group), summary));
    }
    var kinds =
        back.nacks().stream()
            .collect(Collectors.groupingBy(Kind::of, LinkedHashMap::new, Collectors.toList()));
    return kinds.values().stream().map(nacks -> problem(group, nacks, summary)).toList();
  }

  /**
   * @param nacks of one kind
   */
  private static Problem problem(String group, List<NodeNack> nacks, String summary) {
    var what = nacks.getFirst().what();
    var nodes = nacks.stream().map(NodeNack::node).collect(Collectors.toCollection(TreeSet::new));
    var message =
        "%s; %s NACKed %s: %s".formatted(summary, names(nodes), what.type(), what.reason());
    var origin = what.origin();
    var problem = Problem.error(origin == null ? folder(group) : origin, message);
    return what.resource().isEmpty()
        ? problem
        : problem.in(new ResourceId(what.type(), what.resource()));
  }

  private static String names(SortedSet<String> nodes) {
    var some = String.join(", ", nodes.stream().limit(MOST_NAMES).toList());
    int more = nodes.size() - MOST_NAMES;
    return (nodes.size() == 1 ? "node " : "nodes ")
        + some
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private static Origin folder(String group) {
    return Origin.of(group + "/");
  }
}
