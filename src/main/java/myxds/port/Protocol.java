package myxds.port;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;

/** A protocol that a client speaks, recognized by its first bytes. */
public enum Protocol {
  HTTP1("HTTP/1"),
  /** xDS over REST, which is HTTP/1. */
  REST("REST"),
  HTTP2("HTTP/2"),
  TLS("TLS"),
  UNKNOWN("an unknown protocol");

  /** The longest beginning that a protocol is recognized by. */
  public static final int MOST_BYTES = 24;

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] FETCH = "POST /v3/discovery:".getBytes(US_ASCII);
  private static final int LONGEST_METHOD = 16;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int TLS_MAJOR_VERSION = 3;

  private final String title;

  Protocol(String title) {
    this.title = title;
  }

  /** Its name in a sentence. */
  String title() {
    return title;
  }

  /**
   * Recognizes a protocol.
   *
   * @param bytes that a client sent first
   * @return empty if more bytes are needed
   */
  public static Optional<Protocol> of(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.empty();
    }
    if (bytes[0] == TLS_HANDSHAKE) {
      return of(bytes.length > 1, bytes.length > 1 && bytes[1] == TLS_MAJOR_VERSION, TLS);
    }
    if (begins(bytes, PREFACE)) {
      return of(bytes.length >= PREFACE.length, true, HTTP2);
    }
    return begins(bytes, FETCH) ? of(bytes.length >= FETCH.length, true, REST) : ofMethod(bytes);
  }

  private static Optional<Protocol> ofMethod(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && end < LONGEST_METHOD && isTokenByte(bytes[end])) {
      end++;
    }
    return of(end < bytes.length, end > 0 && end < bytes.length && bytes[end] == ' ', HTTP1);
  }

  private static Optional<Protocol> of(boolean decided, boolean recognized, Protocol protocol) {
    if (!decided) {
      return Optional.empty();
    }
    return Optional.of(recognized ? protocol : UNKNOWN);
  }

  /** Returns whether the bytes are the beginning of the pattern, or begin with it. */
  private static boolean begins(byte[] bytes, byte[] pattern) {
    int length = Math.min(bytes.length, pattern.length);
    return Arrays.equals(bytes, 0, length, pattern, 0, length);
  }

  private static boolean isTokenByte(byte one) {
    return one > ' ' && one < 0x7f;
  }
}
