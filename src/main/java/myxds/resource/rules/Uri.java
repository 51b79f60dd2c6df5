package myxds.resource.rules;

/** The characters and parts of a URI, by RFC 3986. */
final class Uri {
  private Uri() {}

  static boolean isAbsolute(String text) {
    return schemeLength(text) > 0 && isReference(text);
  }

  /** Absolute, or relative to another. */
  static boolean isReference(String text) {
    var fragment = text.indexOf('#');
    var before = fragment < 0 ? text : text.substring(0, fragment);
    var after = fragment < 0 ? "" : text.substring(fragment + 1);
    var scheme = schemeLength(before);
    var rest = before.substring(scheme);
    return isSpelled(rest.substring(hostLiteralLength(rest)))
        && isSpelled(after)
        && (scheme > 0 || !hasColonInFirstPart(rest));
  }

  /** What is before such a colon would be the scheme, but is none. */
  private static boolean hasColonInFirstPart(String rest) {
    var slash = rest.indexOf('/');
    var query = rest.indexOf('?');
    var colon = rest.indexOf(':');
    return colon >= 0 && (slash < 0 || colon < slash) && (query < 0 || colon < query);
  }

  /** With its colon; 0 when there is none. */
  private static int schemeLength(String text) {
    var colon = text.indexOf(':');
    if (colon <= 0 || !Syntax.isLetter(text.charAt(0))) {
      return 0;
    }
    for (int i = 0; i < colon; i++) {
      if (!Syntax.isAlphanumeric(text.charAt(i)) && "+-.".indexOf(text.charAt(i)) < 0) {
        return 0;
      }
    }
    return colon + 1;
  }

  /** Up to the bracket behind {@code //user@[::1]}: the one place for brackets. */
  private static int hostLiteralLength(String rest) {
    if (!rest.startsWith("//")) {
      return 0;
    }
    var open = rest.indexOf('[');
    var close = rest.indexOf(']');
    var path = rest.indexOf('/', 2);
    var isHost = open >= 2 && close > open && (path < 0 || close < path);
    return isHost
            && (open == 2 || rest.charAt(open - 1) == '@')
            && isSpelled(rest.substring(2, open))
            && Syntax.isIpv6(rest.substring(open + 1, close))
        ? close + 1
        : 0;
  }

  private static boolean isSpelled(String text) {
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var isEscape = c == '%' && i + 2 < text.length();
      if (isEscape && Syntax.isHex(text.charAt(i + 1)) && Syntax.isHex(text.charAt(i + 2))) {
        i += 2;
      } else if (!Syntax.isAlphanumeric(c) && "-._~:/?@!$&'()*+,;=".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
