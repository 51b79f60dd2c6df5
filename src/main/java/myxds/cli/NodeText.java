package myxds.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** All that is known of one node, as lines. */
final class NodeText {
  private static final int NAMES = 3;

  private NodeText() {}

  static List<String> of(JsonObject node, Paint paint) {
    var lines = new ArrayList<String>();
    lines.add(Lines.printable("node     " + Answers.text(node, "id")));
    lines.add(Lines.printable("address  " + Answers.text(node, "address")));
    if (Answers.number(node, "shared") > 1) {
      lines.add("shared   " + Fleets.sharing(node));
    }
    lines.add("state    " + paint.apply(Answers.text(node, "state")));
    lines.add(Lines.printable("group    " + Answers.text(node, "group") + served(node)));
    lines.add(
        Lines.printable(
            "envoy    %s, cluster %s, %d extensions"
                .formatted(
                    Answers.text(node, "envoy"),
                    Answers.text(node, "cluster"),
                    Answers.number(node, "extensions"))));
    Answers.objects(node, "streams").map(NodeText::stream).forEach(lines::add);
    lines.add("seen     " + Answers.time(node, "last_seen"));
    lines.addAll(types(node, paint).lines());
    node.getAsJsonObject("types")
        .asMap()
        .forEach((type, standing) -> lines.addAll(remarks(type, standing.getAsJsonObject())));
    return lines;
  }

  private static String stream(JsonObject stream) {
    return "stream   %s from %s since %s"
        .formatted(
            Answers.text(stream, "transport"),
            Answers.text(stream, "address"),
            Answers.time(stream, "since"));
  }

  /** What it refuses, a line for each type. */
  static List<String> refusals(JsonObject node) {
    return node.getAsJsonObject("types").asMap().entrySet().stream()
        .filter(type -> !type.getValue().getAsJsonObject().get("nacked").isJsonNull())
        .map(type ->
            "node %s: %s: %s"
                .formatted(
                    Answers.text(node, "id"),
                    type.getKey(),
                    Answers.refusal(type.getValue().getAsJsonObject().getAsJsonObject("nacked"))))
        .map(Lines::printable)
        .toList();
  }

  private static String served(JsonObject node) {
    var desired = Answers.version(node, "desired_version");
    var served = Answers.version(node, "served_version");
    return desired.equals(served)
        ? " version " + desired
        : " version %s, served %s instead".formatted(desired, served);
  }

  private static Table types(JsonObject node, Paint paint) {
    var table = new Table(paint, "TYPE", "DESIRED", "SENT", "ACKED", "ASKED FOR");
    node.getAsJsonObject("types")
        .asMap()
        .forEach((type, element) -> {
          var standing = element.getAsJsonObject();
          table.row(
              type,
              Answers.version(standing, "desired"),
              Answers.version(standing, "sent"),
              Answers.version(standing, "acked"),
              names(standing, "names"));
        });
    return table;
  }

  private static List<String> remarks(String type, JsonObject standing) {
    var remarks = new ArrayList<String>();
    if (!standing.get("nacked").isJsonNull()) {
      var nacked = standing.getAsJsonObject("nacked");
      remarks.add(
          "%s refused version %s: %s"
              .formatted(type, Answers.version(nacked, "version"), Answers.refusal(nacked)));
    }
    if (!standing.getAsJsonArray("missing").isEmpty()) {
      remarks.add("%s missing: %s".formatted(type, names(standing, "missing")));
    }
    if (!Answers.text(standing, "waiting_for").isEmpty()) {
      remarks.add("%s wait for %s".formatted(type, Answers.text(standing, "waiting_for")));
    }
    return remarks.stream().map(Lines::printable).toList();
  }

  private static String names(JsonObject standing, String key) {
    var names = standing.getAsJsonArray(key);
    var some =
        StreamSupport.stream(names.spliterator(), false)
            .limit(NAMES)
            .map(JsonElement::getAsString)
            .collect(Collectors.joining(", "));
    return names.size() > NAMES ? some + ", … (%d)".formatted(names.size()) : some;
  }
}
