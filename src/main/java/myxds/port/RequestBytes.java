package myxds.port;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.primitives.Bytes;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a client as Helidon's HTTP/1.1 engine can read them. The head of an HTTP/1.0 request
 * becomes one of HTTP/1.1 with a Host and {@code Connection: close}: load balancers and scripts
 * check health that way.
 */
final class RequestBytes implements Supplier<byte[]> {
  private static final String HTTP_1_0 = " HTTP/1.0";
  private static final int LONGEST_LINE = 8 << 10;
  private static final int LONGEST_HEAD = 16 << 10;

  private final Supplier<byte @Nullable []> source;
  private byte[] first = {};
  private boolean isFirstTaken;

  /**
   * @param source waits for the next bytes; null at the end
   */
  RequestBytes(Supplier<byte @Nullable []> source) {
    this.source = source;
  }

  /** Waits until the protocol of the client is known. */
  Protocol protocol() {
    var protocol = Protocol.of(first);
    while (protocol.isEmpty() && more()) {
      protocol = Protocol.of(first);
    }
    // A client that left early said nothing wrong: the engine finds the end.
    return protocol.orElse(Protocol.HTTP1);
  }

  @Override
  @SuppressWarnings("NullAway") // Helidon's readers take null for the end
  public byte[] get() {
    if (isFirstTaken) {
      return source.get();
    }
    isFirstTaken = true;
    var head = head();
    return head.length == 0 ? null : head;
  }

  private byte[] head() {
    while (lineEnd() < 0 && first.length < LONGEST_LINE && more()) {
      // Reads the first line.
    }
    if (!line().endsWith(HTTP_1_0)) {
      return first;
    }
    while (headEnd() < 0 && first.length < LONGEST_HEAD && more()) {
      // Reads the rest of the head.
    }
    return headEnd() < 0 ? first : upgraded();
  }

  private boolean more() {
    var next = source.get();
    if (next == null) {
      return false;
    }
    first = Bytes.concat(first, next);
    return true;
  }

  private int lineEnd() {
    return Bytes.indexOf(first, (byte) '\n');
  }

  private String line() {
    int end = lineEnd();
    return end < 0 ? "" : new String(first, 0, end, ISO_8859_1).stripTrailing();
  }

  /** Returns the index at which the body begins; -1 if the head is not complete. */
  private int headEnd() {
    int crlf = text().indexOf("\r\n\r\n");
    int lf = text().indexOf("\n\n");
    if (crlf >= 0 && (lf < 0 || crlf < lf)) {
      return crlf + 4;
    }
    return lf < 0 ? -1 : lf + 2;
  }

  private byte[] upgraded() {
    int end = headEnd();
    var lines = text().substring(0, end).lines().skip(1).filter(line -> !line.isBlank()).toList();
    boolean hasHost = lines.stream().anyMatch(line -> isHeader("host", line));
    var kept =
        lines.stream()
            .filter(line -> !isHeader("connection", line))
            .map(line -> line + "\r\n")
            .collect(Collectors.joining());
    var request = line().substring(0, line().length() - HTTP_1_0.length());
    var head =
        request
            + " HTTP/1.1\r\n"
            + kept
            + (hasHost ? "" : "Host: localhost\r\n")
            + "Connection: close\r\n\r\n";
    return Bytes.concat(head.getBytes(ISO_8859_1), Arrays.copyOfRange(first, end, first.length));
  }

  private static boolean isHeader(String name, String line) {
    return line.toLowerCase(Locale.ROOT).startsWith(name + ":");
  }

  private String text() {
    return new String(first, ISO_8859_1);
  }
}
