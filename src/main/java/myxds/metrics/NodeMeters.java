package myxds.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import myxds.fleet.Census;
import myxds.fleet.NodeState;

/**
 * How the nodes stand. A node of no group is filed under its own id, which is the client's choice:
 * groups that are not served are counted together, under the empty name.
 */
final class NodeMeters {
  private static final String OTHERS = "";

  private final Supplier<Census> census;
  private final Supplier<Set<String>> served;

  /**
   * @param served the groups that are served
   */
  NodeMeters(Supplier<Census> census, Supplier<Set<String>> served) {
    this.census = census;
    this.served = served;
  }

  void register(PrometheusRegistry registry) {
    var gauges = new Gauges(registry);
    gauges.add("myxds_nodes", "Nodes by how they stand.", this::nodes, "group", "state");
    gauges.add(
        "myxds_missing_names",
        "Names that connected nodes ask for and their group does not have.",
        this::missing,
        "group");
  }

  private void nodes(GaugeWithCallback.Callback meter) {
    var groups = served.get();
    var counts = new TreeMap<String, Map<NodeState, Integer>>();
    counts.put(OTHERS, new EnumMap<>(NodeState.class));
    groups.forEach(group -> counts.put(group, new EnumMap<>(NodeState.class)));
    census
        .get()
        .counts()
        .forEach((group, states) -> {
          var sums = counts.getOrDefault(group, counts.get(OTHERS));
          states.forEach((state, count) -> sums.merge(state, count, Integer::sum));
        });
    counts.forEach((group, sums) -> {
      for (var state : NodeState.values()) {
        meter.call(sums.getOrDefault(state, 0), group, state.word());
      }
    });
  }

  private void missing(GaugeWithCallback.Callback meter) {
    var counts = census.get().missing();
    served.get().forEach(group -> meter.call(counts.getOrDefault(group, 0), group));
  }
}
