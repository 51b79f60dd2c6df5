package myxds.resource.rules;

/** A text as it stands in a message: on one line, and not too long. */
final class Quoted {
  private static final int MOST = 80;

  private Quoted() {}

  static String of(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints().limit(MOST).forEach(point -> append(point, quoted));
    return quoted.append(text.codePointCount(0, text.length()) > MOST ? "…\"" : "\"").toString();
  }

  private static void append(int point, StringBuilder to) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          to.append("\\u{").append(Integer.toHexString(point)).append('}');
      default -> to.appendCodePoint(point);
    }
  }
}
