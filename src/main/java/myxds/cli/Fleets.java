package myxds.cli;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** The fleet, as commands print it. */
final class Fleets {
  private static final List<String> CONNECTED =
      List.of("in_sync", "behind", "refusing", "unmatched");

  private Fleets() {}

  /** How many nodes are there. */
  static int connected(JsonObject counts) {
    return CONNECTED.stream().mapToInt(state -> Answers.number(counts, state)).sum();
  }

  /** {@code 3 nodes: 2 in sync, 1 refusing}. */
  static String summary(JsonObject counts) {
    int all = connected(counts);
    if (all == 0) {
      return "no node is connected";
    }
    var states =
        CONNECTED.stream()
            .filter(state -> Answers.number(counts, state) > 0)
            .map(state -> Answers.number(counts, state) + " " + state.replace('_', ' '))
            .collect(Collectors.joining(", "));
    return "%d %s: %s".formatted(all, all == 1 ? "node" : "nodes", states);
  }

  /** Id, group, state, version of its program, and what it runs or why it does not. */
  static String[] row(JsonObject node) {
    return new String[] {
      Answers.text(node, "id"),
      Answers.text(node, "group"),
      Answers.text(node, "state"),
      Answers.text(node, "envoy"),
      runs(node)
    };
  }

  private static String runs(JsonObject node) {
    var types = node.getAsJsonObject("types").asMap();
    var refused =
        types.entrySet().stream()
            .filter(type -> !type.getValue().getAsJsonObject().get("nacked").isJsonNull())
            .map(type ->
                type.getKey()
                    + ": "
                    + Answers.refusal(type.getValue().getAsJsonObject().getAsJsonObject("nacked")))
            .findFirst();
    return refused.orElseGet(() ->
        types.entrySet().stream()
            .map(type ->
                type.getKey() + " " + Answers.version(type.getValue().getAsJsonObject(), "acked"))
            .collect(Collectors.joining("  ")));
  }
}
