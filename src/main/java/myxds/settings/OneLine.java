package myxds.settings;

/** Keeps what a file holds from breaking a message into two lines. */
final class OneLine {
  private OneLine() {}

  static String of(String text) {
    var line = new StringBuilder();
    text.codePoints().forEach(c -> append(c, line));
    return line.toString();
  }

  private static void append(int c, StringBuilder line) {
    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
      line.append(String.format("\\u%04x", c));
    } else {
      line.appendCodePoint(c);
    }
  }
}
