package myxds.admin;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import myxds.fleet.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of nodes of a group, by state.
 *
 * @param desired the version that they are compared with; null when it changed meanwhile
 * @param awaited the ids of those that have not come back since the daemon was started
 */
record GroupNodes(@Nullable String desired, Map<NodeState, Integer> counts, List<String> awaited) {

  /** All groups at one moment. */
  record All(
      Map<String, String> before,
      SortedMap<String, Map<NodeState, Integer>> counts,
      Map<String, String> after,
      SortedMap<String, List<String>> awaited) {

    GroupNodes of(String group) {
      var version = before.get(group);
      return new GroupNodes(
          Objects.equals(version, after.get(group)) ? version : null,
          counts.getOrDefault(group, Map.of()),
          awaited.getOrDefault(group, List.of()));
    }
  }

  /** Counts the nodes; a state that is published at the same time makes the version unknown. */
  static All of(AdminServer.Facts facts) {
    var before = facts.fleet().census().versions();
    var counts = facts.fleet().census().counts();
    return new All(before, counts, facts.fleet().census().versions(), facts.awaited().byGroup());
  }
}
