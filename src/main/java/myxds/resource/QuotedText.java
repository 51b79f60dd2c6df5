package myxds.resource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a text, as it is or with its escapes replaced, and the place of each byte in the
 * text.
 */
final class QuotedText {
  private final byte[] bytes;
  private final int[] places;

  QuotedText(String text) {
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.places = new int[bytes.length + 1];
    Arrays.setAll(places, place -> place);
  }

  private QuotedText(byte[] bytes, int[] places) {
    this.bytes = bytes;
    this.places = places;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  boolean matches(byte[] other, int at) {
    return at + other.length <= bytes.length
        && Arrays.equals(bytes, at, at + other.length, other, 0, other.length);
  }

  /** Returns whether no letter or digit stands directly before or behind the part. */
  boolean isWord(int from, int to) {
    return !isLetter(from - 1) && !isLetter(to);
  }

  /** Returns whether the part stands between quotation marks. */
  boolean isQuoted(int from, int to) {
    return isMark(from - 1) && isMark(to);
  }

  /** Returns whether the byte is written as an escape, or as the beginning of one. */
  boolean isEscape(int at) {
    return bytes[at] == '\\' || places[at + 1] - places[at] > 1;
  }

  /** Marks what this part is in the text. */
  void mark(int from, int to, boolean[] marked) {
    Arrays.fill(marked, places[from], places[to], true);
  }

  /** Returns the same with each escape of C, JSON and YAML replaced by what it stands for. */
  QuotedText unescaped() {
    var out = new byte[bytes.length];
    var at = new int[bytes.length + 1];
    int size = 0;
    for (int i = 0; i < bytes.length; ) {
      var escape = Escape.at(bytes, i);
      for (var one : escape.bytes()) {
        at[size] = places[i];
        out[size++] = one;
      }
      i += escape.length();
    }
    at[size] = places[bytes.length];
    return new QuotedText(Arrays.copyOf(out, size), Arrays.copyOf(at, size + 1));
  }

  private boolean isLetter(int at) {
    return at >= 0
        && at < bytes.length
        && (bytes[at] < 0 || bytes[at] == '_' || Character.isLetterOrDigit(bytes[at]));
  }

  private boolean isMark(int at) {
    return at >= 0
        && at < bytes.length
        && (bytes[at] == '"' || bytes[at] == '\'' || bytes[at] == '`');
  }

  /**
   * One byte, or an escape and what it stands for.
   *
   * @param length of it in the text
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares escapes
  private record Escape(byte[] bytes, int length) {
    private static final String LETTERS = "abfnrtv";
    private static final byte[] MEANINGS = {7, '\b', '\f', '\n', '\r', '\t', 11};

    static Escape at(byte[] text, int at) {
      int next = at + 1 < text.length ? text[at + 1] : -1;
      if (text[at] == '\'' && next == '\'') {
        return new Escape(new byte[] {'\''}, 2);
      }
      if (text[at] != '\\' || next < 0) {
        return new Escape(new byte[] {text[at]}, 1);
      }
      if (LETTERS.indexOf(next) >= 0) {
        return new Escape(new byte[] {MEANINGS[LETTERS.indexOf(next)]}, 2);
      }
      return switch (next) {
        case 'x', 'X' -> number(text, at + 2, 2, 16);
        case 'u' -> number(text, at + 2, 4, 16);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at + 1, 3, 8);
        case '\\', '"', '\'', '/', '?' -> new Escape(new byte[] {(byte) next}, 2);
        default -> new Escape(new byte[] {text[at]}, 1);
      };
    }

    /** Reads up to so many digits; of a number of four, a character, else a byte. */
    private static Escape number(byte[] text, int from, int digits, int radix) {
      int value = 0;
      int to = from;
      while (to < text.length && to - from < digits && Character.digit(text[to], radix) >= 0) {
        value = value * radix + Character.digit(text[to++], radix);
      }
      int begun = text[from - 1] == '\\' ? from - 1 : from - 2;
      return new Escape(
          digits == 4
              ? Character.toString(value).getBytes(StandardCharsets.UTF_8)
              : new byte[] {(byte) value},
          to - begun);
    }
  }
}
