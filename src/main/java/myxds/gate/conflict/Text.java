package myxds.gate.conflict;

/** Texts as Envoy compares and as messages show them. */
final class Text {
  private Text() {}

  /** Lower case as Envoy means it: only the letters A to Z. */
  static String lower(String text) {
    var lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      lower.append(letter >= 'A' && letter <= 'Z' ? (char) (letter + 'a' - 'A') : letter);
    }
    return lower.toString();
  }

  static boolean hasLetters(String text) {
    return text.chars().anyMatch(Text::isLetter);
  }

  private static boolean isLetter(int letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
  }
}
