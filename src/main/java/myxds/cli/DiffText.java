package myxds.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answer to a diff, as lines: a group, its changes, their fields; and a sum at the end. */
final class DiffText {
  private final JsonObject answer;
  private final List<String> lines = new ArrayList<>();

  DiffText(JsonObject answer) {
    this.answer = answer;
  }

  /** How many resources would change, over all groups. */
  static long changes(JsonObject answer) {
    return groups(answer).flatMap(DiffText::changesOf).count();
  }

  List<String> lines() {
    groups(answer).filter(group -> changesOf(group).findAny().isPresent()).forEach(this::group);
    lines.add(sum());
    return lines.stream().map(Lines::printable).toList();
  }

  private void group(JsonObject group) {
    lines.add(
        "group %s  %s → %s  %s"
            .formatted(
                text(group, "name"),
                isNull(group, "served") ? "(new)" : text(group, "served"),
                isNull(group, "next") ? "(gone)" : text(group, "next"),
                counted(group.get("nodes").getAsLong(), "node")));
    changesOf(group).forEach(this::change);
    if (!isNull(group, "held")) {
      lines.add("  ! would be held until approved: " + text(group, "held"));
    }
    lines.add("");
  }

  private void change(JsonObject change) {
    var place =
        isNull(change, "line")
            ? text(change, "file")
            : text(change, "file") + ":" + text(change, "line");
    lines.add(
        "  %s %s/%s (%s) %s"
            .formatted(
                sign(text(change, "change")),
                text(change, "type"),
                text(change, "name"),
                place,
                text(change, "detail")));
    objects(change, "fields").forEach(this::field);
  }

  private static String sign(String change) {
    return switch (change) {
      case "added" -> "+";
      case "removed" -> "-";
      default -> "~";
    };
  }

  private void field(JsonObject field) {
    if (field.get("secret").getAsBoolean()) {
      lines.add("      ~ " + text(field, "path") + ": (secret changed)");
    } else if (isNull(field, "before")) {
      lines.add("      + " + text(field, "path") + ": " + text(field, "after"));
    } else if (isNull(field, "after")) {
      lines.add("      - " + text(field, "path") + ": " + text(field, "before"));
    } else {
      lines.add(
          "      ~ %s: %s → %s"
              .formatted(text(field, "path"), text(field, "before"), text(field, "after")));
    }
  }

  private String sum() {
    if (changes(answer) == 0) {
      return "nothing would change";
    }
    var kinds = Stream.of("added", "changed", "removed").map(kind -> having("change", kind));
    var effects =
        Stream.of("in_place", "drains", "warms", "rotates", "refused")
            .map(effect -> having("effect", effect));
    var done = joined(effects);
    return joined(kinds) + (done.isEmpty() ? "" : "; " + done);
  }

  private String having(String key, String value) {
    long count =
        groups(answer)
            .flatMap(DiffText::changesOf)
            .filter(change -> text(change, key).equals(value))
            .count();
    return count == 0 ? "" : count + " " + value.replace('_', ' ');
  }

  private static String joined(Stream<String> parts) {
    return parts.filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static Stream<JsonObject> groups(JsonObject answer) {
    return objects(answer, "groups");
  }

  private static Stream<JsonObject> changesOf(JsonObject group) {
    return objects(group, "changes");
  }

  private static Stream<JsonObject> objects(JsonObject in, String key) {
    return in.getAsJsonArray(key).asList().stream().map(JsonElement::getAsJsonObject);
  }

  private static String text(JsonObject in, String key) {
    return in.get(key).getAsString();
  }

  private static boolean isNull(JsonObject in, String key) {
    return in.get(key).isJsonNull();
  }
}
