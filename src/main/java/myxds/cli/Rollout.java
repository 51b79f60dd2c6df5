package myxds.cli;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** The groups that a command is about and how their nodes stand, as the daemon told it. */
record Rollout(List<JsonObject> groups, String trouble) {
  private static final List<String> STATES = List.of("in_sync", "behind", "refusing");

  Rollout {
    groups = List.copyOf(groups);
  }

  /**
   * @param answer of {@code /api/v1/groups}
   * @param group empty for all
   */
  static Rollout of(JsonObject answer, String group) {
    var groups =
        Answers.objects(answer, "groups")
            .filter(one -> group.isEmpty() || group.equals(Answers.text(one, "name")))
            .toList();
    return new Rollout(groups, Answers.text(answer, "trouble"));
  }

  /** Returns whether the newest files of every group are what is published. */
  boolean isPublished() {
    return trouble.isEmpty() && unpublished().isEmpty();
  }

  /** Returns the groups whose newest files are not published. */
  List<JsonObject> unpublished() {
    return groups.stream().filter(one -> !is(one, "published")).toList();
  }

  /** Returns whether all nodes are there and run what is published. */
  boolean isInSync() {
    return groups.stream().allMatch(one -> reaches(one, 1));
  }

  /** Returns whether that share of a group's nodes runs what is published. */
  static boolean reaches(JsonObject group, double share) {
    return isCounted(group) && Answers.number(group, "in_sync") >= share * all(group);
  }

  /** Returns whether so many nodes NACKed what is published that the share cannot be reached. */
  static boolean fails(JsonObject group, double share) {
    int refusing = Answers.number(group, "refusing");
    return isCounted(group) && refusing > 0 && all(group) - refusing < share * all(group);
  }

  /** Returns whether the counts are about the published version, not one that is just coming. */
  private static boolean isCounted(JsonObject group) {
    return Answers.text(group, "version").equals(Answers.text(group, "desired_version"));
  }

  /**
   * Returns the number of nodes, with those that have not come back since the daemon was started.
   */
  private static int all(JsonObject group) {
    return Answers.number(group, "nodes") + Answers.number(group, "awaited");
  }

  static boolean is(JsonObject group, String state) {
    return Answers.text(group, "state").equals(state);
  }

  /** Returns the number of connected nodes. */
  int nodes() {
    return sum(one -> Answers.number(one, "nodes"));
  }

  /** Returns the text {@code 3 nodes: 2 in sync, 1 behind; not back since …: edge-3}. */
  String summary() {
    var counts = new JsonObject();
    STATES.forEach(state -> counts.addProperty(state, sum(one -> Answers.number(one, state))));
    return Fleets.summary(counts) + awaited();
  }

  /** Names the nodes that have not come back; empty when all have. */
  String awaited() {
    int awaited = sum(one -> Answers.number(one, "awaited"));
    if (awaited == 0) {
      return "";
    }
    var names = new ArrayList<String>();
    groups.forEach(
        one -> one.getAsJsonArray("awaited_nodes").forEach(id -> names.add(id.getAsString())));
    int more = awaited - names.size();
    return Lines.printable(
        "; not back since the daemon was started: %s%s"
            .formatted(String.join(", ", names), more > 0 ? " and %d more".formatted(more) : ""));
  }

  private int sum(ToIntFunction<JsonObject> count) {
    return groups.stream().mapToInt(count).sum();
  }

  /**
   * Says of each group that is not published what is served instead, and of a source its trouble.
   */
  List<String> troubles() {
    var source =
        trouble.isEmpty() ? Stream.<String>of() : Stream.of("cannot read the files: " + trouble);
    return Stream.concat(source, unpublished().stream().map(Rollout::trouble))
        .map(Lines::printable)
        .toList();
  }

  private static String trouble(JsonObject group) {
    var name = Answers.text(group, "name");
    var version = Answers.version(group, "version");
    if (is(group, "refused")) {
      return "group %s is refused: its files have errors, and its nodes are served nothing"
          .formatted(name);
    }
    if (group.get("held").isJsonNull()) {
      return "group %s is degraded: its newest files are not published, its nodes are served version %s"
          .formatted(name, version);
    }
    var held = group.getAsJsonObject("held");
    var verb = Answers.text(held, "cause").equals("rollback") ? "was rolled back" : "is held";
    return "group %s %s: %s; its nodes are served version %s"
        .formatted(name, verb, Answers.text(held, "why"), version);
  }
}
