package myxds.resource.rules;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The forms of text that rules know by name, as Envoy's own reading of the rules has them. */
final class Syntax {
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_LOCAL_PART = 64;

  private Syntax() {}

  /** By RFC 1034; a dot may stand at the end. */
  static boolean isHostname(String text) {
    var labels =
        (text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1);
    return text.length() <= LONGEST_HOST && Arrays.stream(labels).allMatch(Syntax::isLabel);
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= LONGEST_LABEL
        && !label.startsWith("-")
        && !label.endsWith("-")
        && label.chars().allMatch(c -> isAlphanumeric(c) || c == '-');
  }

  static boolean isAddress(String text) {
    return isHostname(text) || isIp(text);
  }

  static boolean isIp(String text) {
    return isIpv4(text) || isIpv6(text);
  }

  static boolean isIpv4(String text) {
    var parts = text.split("\\.", -1);
    return parts.length == 4 && Arrays.stream(parts).allMatch(Syntax::isOctet);
  }

  private static boolean isOctet(String part) {
    return !part.isEmpty()
        && part.length() <= 3
        && part.chars().allMatch(Syntax::isDigit)
        && (part.length() == 1 || part.charAt(0) != '0')
        && Integer.parseInt(part) <= 255;
  }

  /** Eight groups of 16 bits; one run of zeros may be {@code ::}, the last two an IPv4 address. */
  static boolean isIpv6(String text) {
    var gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == 8;
    }
    var before = text.substring(0, gap);
    var after = text.substring(gap + 2);
    var groups =
        (before.isEmpty() ? 0 : groups(before, false))
            + (after.isEmpty() ? 0 : groups(after, true));
    return groups >= 0 && groups < 8;
  }

  /** How many; a very negative number where one is none. */
  private static int groups(String text, boolean mayEndInIpv4) {
    var parts = text.split(":", -1);
    var groups = 0;
    for (int i = 0; i < parts.length; i++) {
      var part = parts[i];
      if (mayEndInIpv4 && i == parts.length - 1 && isIpv4(part)) {
        groups += 2;
      } else if (!part.isEmpty() && part.length() <= 4 && part.chars().allMatch(Syntax::isHex)) {
        groups++;
      } else {
        return -100;
      }
    }
    return groups;
  }

  /** By RFC 5322, with or without a name before it: {@code Ann <ann@example.com>}. */
  static boolean isEmail(String text) {
    var open = text.lastIndexOf('<');
    var address =
        open >= 0 && text.endsWith(">") ? text.substring(open + 1, text.length() - 1) : text;
    var at = address.lastIndexOf('@');
    return at > 0
        && address.length() <= LONGEST_EMAIL
        && at <= LONGEST_LOCAL_PART
        && isLocalPart(address.substring(0, at))
        && isHostname(address.substring(at + 1));
  }

  private static boolean isLocalPart(String text) {
    return Arrays.stream(text.split("\\.", -1))
        .allMatch(atom ->
            !atom.isEmpty()
                && atom.chars()
                    .allMatch(c -> isAlphanumeric(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0));
  }

  static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  /** RFC 7230's token, perhaps after a colon; and the comma, which slipped into Envoy's pattern. */
  static boolean isHeaderName(String text) {
    var name = text.startsWith(":") ? text.substring(1) : text;
    return !name.isEmpty()
        && every(name, c -> isAlphanumeric(c) || "!#$%&'*+,-.^_|~`".indexOf(c) >= 0);
  }

  static boolean isHeaderValue(String text) {
    return every(text, c -> !isControl(c));
  }

  /** What remains forbidden when the rule is not strict. */
  static boolean isHeaderText(String text) {
    return every(text, c -> c != 0 && c != '\n' && c != '\r');
  }

  /** The place of the first control character, from 0. */
  static int firstControl(String text) {
    var at = 0;
    while (at < text.length() && !isControl(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }

  private static boolean every(String text, IntPredicate fits) {
    for (int i = 0; i < text.length(); i++) {
      if (!fits.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isAlphanumeric(int c) {
    return isDigit(c) || isLetter(c);
  }

  static boolean isLetter(int c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
  }

  static boolean isHex(int c) {
    return isDigit(c) || ('a' <= c && c <= 'f') || ('A' <= c && c <= 'F');
  }

  private static boolean isDigit(int c) {
    return '0' <= c && c <= '9';
  }
}
