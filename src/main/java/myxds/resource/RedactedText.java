package myxds.resource;

import java.util.regex.Pattern;

/**
 * An Envoy's own words without secrets. Envoy quotes the whole refused resource when a field rule
 * is violated, inline private keys and passwords included; and a hostile client may write a book.
 */
public final class RedactedText {
  private static final int MAX_LENGTH = 4_000;
  private static final String HIDDEN = "[redacted]";
  private static final Pattern INLINE =
      Pattern.compile("inline_?(?:string|bytes)\"?\\s*:\\s*\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*-----)?");

  private RedactedText() {}

  public static String of(String reason) {
    var text = PEM.matcher(withoutInline(reason)).replaceAll(HIDDEN);
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }

  /** By hand from quote to quote: a regular expression would recurse once per escaped character. */
  private static String withoutInline(String text) {
    var out = new StringBuilder();
    var inline = INLINE.matcher(text);
    int from = 0;
    while (inline.find(from)) {
      out.append(text, from, inline.end()).append(HIDDEN);
      from = closingQuote(text, inline.end());
    }
    return out.append(text, from, text.length()).toString();
  }

  private static int closingQuote(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        return i;
      }
      if (text.charAt(i) == '\\') {
        i++;
      }
    }
    return text.length();
  }
}
