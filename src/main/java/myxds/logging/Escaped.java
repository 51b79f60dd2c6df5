package myxds.logging;

import static java.lang.Character.highSurrogate;
import static java.lang.Character.lowSurrogate;

/** Text that cannot leave its line, nor a value its place in it. */
final class Escaped {
  private Escaped() {}

  static void append(String text, StringBuilder line) {
    text.codePoints().forEach(c -> append(c, line));
  }

  /** In quotes when a reader could not see otherwise where the value ends. */
  static void appendValue(String value, StringBuilder line) {
    if (!value.isEmpty() && value.codePoints().noneMatch(Escaped::needsQuotes)) {
      line.append(value);
      return;
    }
    line.append('"');
    value.codePoints().forEach(c -> appendQuoted(c, line));
    line.append('"');
  }

  /** Appends a JSON string; what a reader could not see is escaped, too. */
  static void appendJson(String text, StringBuilder line) {
    line.append('"');
    text.codePoints()
        .forEach(c -> {
          if (Character.isSupplementaryCodePoint(c) && isHidden(c)) {
            line.append("\\u%04x\\u%04x".formatted((int) highSurrogate(c), (int) lowSurrogate(c)));
          } else {
            appendQuoted(c, line);
          }
        });
    line.append('"');
  }

  private static boolean needsQuotes(int c) {
    return c == '"' || c == '=' || Character.isSpaceChar(c) || isHidden(c);
  }

  private static void appendQuoted(int c, StringBuilder line) {
    if (c == '"' || c == '\\') {
      line.append('\\');
    }
    append(c, line);
  }

  private static void append(int c, StringBuilder line) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isHidden(c)) {
          line.append(String.format("\\u%04x", c));
        } else {
          line.appendCodePoint(c);
        }
      }
    }
  }

  /** Controls, line separators, and the marks that turn the direction of a terminal's text. */
  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
