package myxds.cli;

import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/** Colours the words of states on a terminal, and nowhere else. */
record Paint(CommandLine.Help.Ansi ansi) implements UnaryOperator<String> {
  private static final Map<String, String> STYLES =
      Map.of(
          "in_sync", "green",
          "published", "green",
          "behind", "yellow",
          "held", "yellow",
          "degraded", "yellow",
          "unmatched", "yellow",
          "refusing", "red",
          "refused", "red");

  static Paint of(CommandLine command) {
    return new Paint(command.getColorScheme().ansi());
  }

  @Override
  public String apply(String word) {
    var style = STYLES.get(word);
    return style == null ? word : ansi.string("@|%s %s|@".formatted(style, word));
  }
}
