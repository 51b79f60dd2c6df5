package myxds.resource;

import java.util.regex.Pattern;

/**
 * An Envoy's own words without secrets, and not longer than a page. Envoy quotes the whole refused
 * resource when a field rule is violated, inline private keys and passwords included; a hostile
 * client may send megabytes.
 */
public final class RedactedText {
  private static final int MAX_LENGTH = 4_000;
  private static final int MAX_COMPARED = 4 * MAX_LENGTH;
  private static final String HIDDEN = Redaction.REDACTED;
  private static final Pattern INLINE =
      Pattern.compile("inline_?(?:string|bytes)\"?\\s*:\\s*\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*-----)?");

  private RedactedText() {}

  /** Returns the text without what looks like a secret. */
  public static String of(String reason) {
    return of(reason, Secrets.NONE);
  }

  /**
   * Returns the text without these secrets, and without what looks like one.
   *
   * @param secrets of the resources that the text is about
   */
  public static String of(String reason, Secrets secrets) {
    var text = PEM.matcher(withoutInline(reason)).replaceAll(HIDDEN);
    var compared = secrets.hideIn(text.substring(0, Math.min(text.length(), MAX_COMPARED)));
    return compared.length() <= MAX_LENGTH ? compared : compared.substring(0, MAX_LENGTH) + "…";
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
