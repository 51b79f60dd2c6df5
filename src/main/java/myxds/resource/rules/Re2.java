package myxds.resource.rules;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the patterns of rules, which are in the syntax of RE2. */
final class Re2 {
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", "Alnum"),
          Map.entry("alpha", "Alpha"),
          Map.entry("ascii", "ASCII"),
          Map.entry("blank", "Blank"),
          Map.entry("cntrl", "Cntrl"),
          Map.entry("digit", "Digit"),
          Map.entry("graph", "Graph"),
          Map.entry("lower", "Lower"),
          Map.entry("print", "Print"),
          Map.entry("punct", "Punct"),
          Map.entry("space", "Space"),
          Map.entry("upper", "Upper"),
          Map.entry("xdigit", "XDigit"));

  private final String pattern;
  private final StringBuilder java = new StringBuilder();
  private int at;

  private Re2(String pattern) {
    this.pattern = pattern;
  }

  /** Null for one that cannot be read here: then it is not judged. */
  static @Nullable Pattern compile(String pattern) {
    try {
      // To RE2 a dot is anything but \n; to Java without this flag it is not \r and others either.
      return Pattern.compile(new Re2(pattern).translated(), Pattern.UNIX_LINES);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private String translated() {
    while (at < pattern.length()) {
      if (pattern.startsWith("(?P<", at)) {
        take("(?<", 4);
      } else if (pattern.charAt(at) == '[') {
        set();
      } else {
        plain();
      }
    }
    return java.toString();
  }

  /** A set of characters, in which [ and &amp;&amp; mean nothing to RE2, but something to Java. */
  private void set() {
    plain();
    if (at < pattern.length() && pattern.charAt(at) == '^') {
      plain();
    }
    if (at < pattern.length() && pattern.charAt(at) == ']') {
      take("\\]", 1);
    }
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      if (pattern.startsWith("[:", at)) {
        named();
      } else if (pattern.charAt(at) == '[' || pattern.charAt(at) == '&') {
        take("\\" + pattern.charAt(at), 1);
      } else {
        plain();
      }
    }
  }

  /** {@code [:alpha:]} */
  private void named() {
    var end = pattern.indexOf(":]", at);
    var name = end < 0 ? null : CLASSES.get(pattern.substring(at + 2, end));
    if (name == null) {
      take("\\[", 1);
    } else {
      take("\\p{" + name + "}", end + 2 - at);
    }
  }

  private void plain() {
    var length = pattern.charAt(at) == '\\' && at + 1 < pattern.length() ? 2 : 1;
    take(pattern.substring(at, at + length), length);
  }

  private void take(String as, int length) {
    java.append(as);
    at += length;
  }
}
