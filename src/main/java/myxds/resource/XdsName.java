package myxds.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * Names of the form {@code xdstp://authority/type/id?key=value&…}. Two of them name one resource if
 * they differ only in the order of their context parameters or in what is percent-escaped: Envoy
 * sends {@code a%3A80} for the {@code a:80} that its configuration says. All other names are
 * opaque.
 */
public final class XdsName {
  private static final String SCHEME = "xdstp://";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Comparator<String> BY_KEY =
      Comparator.comparing((String parameter) -> parameter.substring(0, parameter.indexOf('=')))
          .thenComparing(Comparator.naturalOrder());

  /** What each part may hold unescaped besides letters and digits (RFC 3986). */
  private static final String AUTHORITY = "-._~!$&'()*+,;=:@[]";

  private static final String PATH = "-._~!$&'()*+,;=:@/";
  private static final String PARAMETER = "-._~!$'()*+,;:@/?";

  private XdsName() {}

  /**
   * The one spelling of a name: parameters sorted by key, escapes only where they are needed, and
   * in upper case. A name that is no {@code xdstp://} one, or is spelled so already, is returned as
   * it is.
   */
  public static String canonical(String name) {
    if (!name.startsWith(SCHEME)) {
      return name;
    }
    int query = pathEnd(name);
    int fragment = queryEnd(name, query);
    int path = name.indexOf('/', SCHEME.length());
    int authorityEnd = path < 0 || path > query ? query : path;
    var out = new StringBuilder(name.length() + 16).append(SCHEME);
    escape(name.substring(SCHEME.length(), authorityEnd), AUTHORITY, out);
    escape(name.substring(authorityEnd, query), PATH, out);
    parameters(name.substring(query, fragment), out);
    out.append(name, fragment, name.length());
    return out.compareTo(new StringBuilder(name)) == 0 ? name : out.toString();
  }

  /**
   * Whether a canonical name stands for all resources of a folder: {@code xdstp://…/type/*}, {@code
   * xdstp://…/type/folder/*?key=value}.
   */
  public static boolean isGlob(String name) {
    return globStar(name) >= 0;
  }

  /**
   * Whether a glob stands for this resource, among others: it lies in the folder, however deep, and
   * has the same context parameters. Both are canonical; what is no glob matches nothing.
   */
  public static boolean globMatches(String glob, String name) {
    int star = globStar(glob);
    if (star < 0 || !name.regionMatches(0, glob, 0, star)) {
      return false;
    }
    int end = pathEnd(name);
    int tail = glob.length() - star - 1;
    return end > star
        && name.length() - end == tail
        && name.regionMatches(end, glob, star + 1, tail);
  }

  /** Where the star of a glob stands; -1 for a name that is none. */
  private static int globStar(String name) {
    if (!name.startsWith(SCHEME) || name.indexOf('#') >= 0) {
      return -1;
    }
    int star = pathEnd(name) - 1;
    int type = name.indexOf('/', SCHEME.length()) + 1;
    boolean glob =
        name.charAt(star) == '*' && name.charAt(star - 1) == '/' && type > 0 && star - 1 > type;
    return glob ? star : -1;
  }

  private static int pathEnd(String name) {
    int query = name.indexOf('?');
    int fragment = queryEnd(name, 0);
    return query < 0 ? fragment : Math.min(query, fragment);
  }

  private static int queryEnd(String name, int from) {
    int fragment = name.indexOf('#', from);
    return fragment < 0 ? name.length() : fragment;
  }

  private static void parameters(String query, StringBuilder out) {
    var sorted = new ArrayList<String>();
    int at = 1;
    while (at < query.length()) {
      int end = query.indexOf('&', at);
      end = end < 0 ? query.length() : end;
      if (end > at) {
        sorted.add(parameter(query.substring(at, end)));
      }
      at = end + 1;
    }
    if (!sorted.isEmpty()) {
      sorted.sort(BY_KEY);
      out.append('?').append(String.join("&", sorted));
    }
  }

  private static String parameter(String text) {
    int equals = text.indexOf('=');
    var out = new StringBuilder(text.length() + 1);
    escape(equals < 0 ? text : text.substring(0, equals), PARAMETER, out);
    out.append('=');
    escape(equals < 0 ? "" : text.substring(equals + 1), PARAMETER, out);
    return out.toString();
  }

  private static void escape(String part, String allowed, StringBuilder out) {
    var bytes = part.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      boolean escaped = isEscape(bytes, i);
      int b = escaped ? HexFormat.fromHexDigits(part(bytes, i)) : bytes[i] & 0xff;
      i += escaped ? 2 : 0;
      // An escaped star is a character of a name, a bare one is a glob.
      boolean bare = isLetterOrDigit(b) || (allowed.indexOf(b) >= 0 && !(escaped && b == '*'));
      if (bare) {
        out.append((char) b);
      } else {
        HEX.toHexDigits(out.append('%'), (byte) b);
      }
    }
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return bytes[at] == '%'
        && at + 2 < bytes.length
        && HexFormat.isHexDigit(bytes[at + 1])
        && HexFormat.isHexDigit(bytes[at + 2]);
  }

  private static String part(byte[] bytes, int at) {
    return new String(bytes, at + 1, 2, StandardCharsets.US_ASCII);
  }

  private static boolean isLetterOrDigit(int b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
  }
}
