package myxds.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
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
    var approve = "my-xds approve --group %s --version %s".formatted(group, held.next().version());
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
    var nodes = new LinkedHashMap<Kind, SortedSet<String>>();
    var first = new LinkedHashMap<Kind, NodeNack>();
    for (var nack : back.nacks()) {
      nodes.computeIfAbsent(Kind.of(nack), kind -> new TreeSet<>()).add(nack.node());
      first.putIfAbsent(Kind.of(nack), nack);
    }
    return nodes.entrySet().stream()
        .map(kind ->
            problem(
                group,
                Map.entry(kind.getValue(), Objects.requireNonNull(first.get(kind.getKey()))),
                summary))
        .toList();
  }

  private static Problem problem(
      String group, Map.Entry<SortedSet<String>, NodeNack> nacked, String summary) {
    var what = nacked.getValue().what();
    var message =
        "%s; %s NACKed %s: %s"
            .formatted(summary, names(nacked.getKey()), what.type(), what.reason());
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
