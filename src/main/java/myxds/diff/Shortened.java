package myxds.diff;

import org.jspecify.annotations.Nullable;

/** A long text as it is shown beside the one that it is compared with. */
final class Shortened {
  private static final int LONGEST = 200;

  /** How much of what is equal stands before the first difference. */
  private static final int LEAD = 20;

  private static final String MORE = "…";

  private Shortened() {}

  /** The part of it that is different. */
  static @Nullable String against(@Nullable String text, @Nullable String other) {
    if (text == null || text.length() <= LONGEST) {
      return text;
    }
    int from = other == null ? 0 : Math.max(0, firstDifference(text, other) - LEAD);
    int begin = from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from - 1 : from;
    return (begin > 0 ? MORE : "") + cut(text.substring(begin));
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + MORE;
  }

  private static int firstDifference(String text, String other) {
    int i = 0;
    while (i < Math.min(text.length(), other.length()) && text.charAt(i) == other.charAt(i)) {
      i++;
    }
    return i;
  }
}
