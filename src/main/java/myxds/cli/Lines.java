package myxds.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a daemon answers, as lines for people. */
final class Lines {
  private Lines() {}

  /** {@code file:line:column: severity: message}. */
  static String ofProblem(JsonObject problem) {
    var place = Stream.of("file", "line", "column").map(problem::get).filter(Lines::isKnown);
    return printable(
        "%s: %s: %s"
            .formatted(
                place.map(JsonElement::getAsString).collect(Collectors.joining(":")),
                problem.get("severity").getAsString(),
                problem.get("message").getAsString()));
  }

  private static boolean isKnown(JsonElement value) {
    return Objects.nonNull(value) && !value.isJsonNull();
  }

  /** Names come from files: they must not steer the terminal. */
  static String printable(String line) {
    return line.replaceAll("\\p{Cc}", "?");
  }
}
