package myxds.resource;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Secret values, to be found in a text that quotes them: an Envoy's reason for a NACK quotes the
 * whole resource, in protobuf's text format, as JSON or as it is. A value is found with and without
 * quotes and escapes, in Base64, by its long words (the lines of a key, the token behind {@code
 * Bearer}), and when the text was cut inside it.
 *
 * <p>A value of {@value #LONG} bytes or more is hidden wherever it stands. A shorter one is hidden
 * only as a whole word, and one of less than {@value #SHORT} bytes only in quotes: hidden
 * everywhere, it would make the text unreadable.
 */
public final class Secrets {
  /** No secrets. */
  public static final Secrets NONE = of(List.of());

  private static final int LONG = 8;
  private static final int SHORT = 4;

  /** Text format within JSON within a message: nobody escapes more often. */
  private static final int LAYERS = 3;

  /** Envoy ends a long reason so: {@code Utility::truncateGrpcStatusMessage}. */
  private static final String CUT = "...(truncated)";

  private final Map<Integer, List<byte[]>> byBeginning = new HashMap<>();
  private final List<byte[]> tiny = new ArrayList<>();

  private Secrets(Set<ByteString> forms) {
    for (var form : forms) {
      var bytes = form.toByteArray();
      if (bytes.length < SHORT) {
        tiny.add(bytes);
      } else {
        byBeginning.computeIfAbsent(beginning(bytes, 0), any -> new ArrayList<>()).add(bytes);
      }
    }
  }

  /** Returns these values as secrets; empty ones are none. */
  public static Secrets of(Collection<ByteString> values) {
    var forms = new LinkedHashSet<ByteString>();
    values.forEach(value -> addForms(value, forms));
    forms.remove(ByteString.EMPTY);
    return new Secrets(forms);
  }

  /** Returns the text with {@code [redacted]} in the place of every secret. */
  public String hideIn(String text) {
    if (byBeginning.isEmpty() && tiny.isEmpty()) {
      return text;
    }
    var quoted = new QuotedText(text);
    var hidden = new boolean[quoted.length()];
    mark(quoted, end(quoted), hidden);
    for (int layer = 1; layer < LAYERS; layer++) {
      quoted = quoted.unescaped();
      mark(quoted, end(quoted), hidden);
    }
    return joined(text.getBytes(StandardCharsets.UTF_8), hidden);
  }

  private static void addForms(ByteString value, Set<ByteString> into) {
    var text = value.toString(StandardCharsets.ISO_8859_1).strip();
    var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    into.add(ByteString.copyFrom(bytes));
    if (value.size() >= SHORT) {
      into.add(base64(Base64.getEncoder(), value));
      into.add(base64(Base64.getUrlEncoder(), value));
    }
    for (var word : Splitter.on(CharMatcher.whitespace()).split(text)) {
      // The frame of a PEM file is not secret.
      if (word.length() >= LONG && !word.startsWith("-----") && !word.endsWith("-----")) {
        into.add(ByteString.copyFrom(word, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static ByteString base64(Base64.Encoder encoder, ByteString value) {
    return ByteString.copyFrom(encoder.withoutPadding().encode(value.toByteArray()));
  }

  private void mark(QuotedText text, int end, boolean[] hidden) {
    for (int at = 0; at < text.length(); at++) {
      for (var secret : tiny) {
        if (text.matches(secret, at) && text.isQuoted(at, at + secret.length)) {
          text.mark(at, at + secret.length, hidden);
        }
      }
      if (at + SHORT <= text.length()) {
        for (var secret : byBeginning.getOrDefault(beginning(text.bytes(), at), List.of())) {
          mark(text, at, matched(text, at, secret, end), hidden);
        }
      }
    }
  }

  private static void mark(QuotedText text, int from, int to, boolean[] hidden) {
    boolean isWhole = to - from >= LONG || to == text.length() || text.isWord(from, to);
    if (to > from && isWhole) {
      text.mark(from, to, hidden);
    }
  }

  /** Returns where the secret that begins here ends; here, if none begins. */
  private static int matched(QuotedText text, int at, byte[] secret, int end) {
    int length = Math.min(secret.length, text.length() - at);
    int other = Arrays.mismatch(text.bytes(), at, at + length, secret, 0, length);
    if (other < 0 && length == secret.length) {
      return at + length;
    }
    int reached = at + (other < 0 ? length : other);
    boolean isCut = reached == end || (reached == end - 1 && text.isEscape(reached));
    return isCut ? end : at;
  }

  /** Returns where the text was cut; its end, if nothing says so. */
  private static int end(QuotedText text) {
    var cut = CUT.getBytes(StandardCharsets.US_ASCII);
    int end = text.length() - cut.length;
    return end >= 0 && text.matches(cut, end) ? end : text.length();
  }

  private static int beginning(byte[] bytes, int at) {
    return Ints.fromBytes(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
  }

  private static String joined(byte[] text, boolean[] hidden) {
    var shown = new ByteArrayOutputStream(text.length);
    for (int at = 0; at < text.length; at++) {
      if (!hidden[at]) {
        shown.write(text[at]);
      } else if (at == 0 || !hidden[at - 1]) {
        shown.writeBytes(Redaction.REDACTED.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return shown.toString(StandardCharsets.UTF_8);
  }
}
