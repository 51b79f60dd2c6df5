package myxds.admin;

import java.util.Map;
import myxds.fleet.NodeState;

/** The groups, and how their nodes stand. */
final class GroupsAnswer {
  private final AdminServer.Facts facts;

  GroupsAnswer(AdminServer.Facts facts) {
    this.facts = facts;
  }

  Reply all(Ask ask) {
    var counts = facts.fleet().census().counts();
    return Reply.json(
        Lists.list(
            "groups",
            facts.state().get().groups().values().stream(),
            group -> Lists.group(group, counts.getOrDefault(group.name(), Map.of()))));
  }

  /** How many are there, in whatever state. */
  static int connected(Map<NodeState, Integer> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey() != NodeState.GONE)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
