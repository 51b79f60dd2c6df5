package myxds.admin;

import java.util.List;
import java.util.Map;
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
      Map<String, String> desired,
      SortedMap<String, Map<NodeState, Integer>> counts,
      SortedMap<String, List<String>> awaited) {

    GroupNodes of(String group) {
      return new GroupNodes(
          desired.get(group),
          counts.getOrDefault(group, Map.of()),
          awaited.getOrDefault(group, List.of()));
    }
  }

  /** Counts the nodes; a state that is published at the same time makes the version unknown. */
  static All of(AdminServer.Facts facts) {
    var census = facts.fleet().census();
    var desired = census.versions();
    var counts = census.counts();
    desired.entrySet().retainAll(census.versions().entrySet());
    return new All(desired, counts, facts.awaited().byGroup());
  }
}
