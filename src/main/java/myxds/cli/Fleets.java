package myxds.cli;

import com.google.gson.JsonObject;
import java.util.ArrayList;
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

  /** Returns how many nodes were there lately. */
  static int gone(JsonObject counts) {
    return Answers.number(counts, "gone");
  }

  /** {@code 3 nodes: 2 in sync, 1 refusing}, and how many are gone. */
  static String all(JsonObject counts) {
    return summary(counts) + (gone(counts) == 0 ? "" : " (and %d gone)".formatted(gone(counts)));
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

  /** Whether other Envoys have the node's id too. */
  static boolean isShared(JsonObject node) {
    return Answers.number(node, "shared") > (Answers.text(node, "state").equals("gone") ? 0 : 1);
  }

  /** {@code edge: 3 Envoys share this id}, a line for each id of the list. */
  static List<String> sharedIds(JsonObject answer) {
    return Answers.objects(answer, "nodes")
        .filter(node -> Answers.number(node, "shared") > 1)
        .map(node -> Lines.printable(Answers.text(node, "id") + ": " + sharing(node)))
        .distinct()
        .toList();
  }

  /** {@code 3 Envoys share this id}. */
  static String sharing(JsonObject node) {
    return Answers.number(node, "shared") + " Envoys share this id";
  }

  /**
   * Returns the columns of {@link #row}.
   *
   * @param isShared whether one of the nodes shares its id, so that the address is needed
   */
  static String[] head(boolean isShared) {
    return isShared
        ? new String[] {"NODE", "ADDRESS", "GROUP", "STATE", "ENVOY", "RUNS"}
        : new String[] {"NODE", "GROUP", "STATE", "ENVOY", "RUNS"};
  }

  /** Id, group, state, version of its program, and what it runs or why it does not. */
  static String[] row(JsonObject node, boolean isShared) {
    var row = new ArrayList<String>();
    row.add(Answers.text(node, "id"));
    if (isShared) {
      row.add(Answers.text(node, "address"));
    }
    row.add(Answers.text(node, "group"));
    row.add(Answers.text(node, "state"));
    row.add(Answers.text(node, "envoy"));
    row.add(runs(node));
    return row.toArray(String[]::new);
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
