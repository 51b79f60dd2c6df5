package myxds.fleet;

import java.util.Comparator;
import java.util.regex.Pattern;
import myxds.discovery.XdsStream;

/**
 * What tells a client from all others. Several Envoys may have one {@code node.id}: replicas of one
 * bootstrap do. Streams of one Envoy share an HTTP/2 connection, and so an address.
 *
 * @param address of its connection; of a client that polls, which may use another connection for
 *     each request, the host only
 * @param number tells ADS streams apart that come with one id over one connection, as through a
 *     proxy: an Envoy has one ADS stream
 */
public record ClientKey(String id, String address, int number) implements Comparable<ClientKey> {
  private static final Comparator<ClientKey> ORDER =
      Comparator.comparing(ClientKey::id)
          .thenComparing(ClientKey::address)
          .thenComparingInt(ClientKey::number);

  private static final String SEPARATOR = "\t";
  private static final Pattern CURSOR = Pattern.compile("(?s)(.*)\t([^\t]*)\t([0-9]+)");

  /** The key of the first client of this id over the stream's connection. */
  static ClientKey first(XdsStream stream) {
    var address = stream.address();
    int port = address.lastIndexOf(':');
    boolean whole = stream.transport().isStream() || port < 0;
    return new ClientKey(stream.node().getId(), whole ? address : address.substring(0, port), 0);
  }

  /** The least key of this id. */
  static ClientKey least(String id) {
    return new ClientKey(id, "", 0);
  }

  ClientKey next() {
    return new ClientKey(id, address, number + 1);
  }

  String host() {
    int port = address.lastIndexOf(':');
    return port < 0 || address.endsWith("]") ? address : address.substring(0, port);
  }

  /** Returns a text that {@link #isBehind} understands. */
  String cursor() {
    return id + SEPARATOR + address + SEPARATOR + number;
  }

  /**
   * Whether the key comes after a cursor in the order of keys. A cursor that is an id stands for
   * all clients of that id.
   */
  boolean isBehind(String cursor) {
    var parts = CURSOR.matcher(cursor);
    return parts.matches()
        ? compareTo(new ClientKey(parts.group(1), parts.group(2), number(parts.group(3)))) > 0
        : id.compareTo(cursor) > 0;
  }

  private static int number(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  @Override
  public int compareTo(ClientKey other) {
    return ORDER.compare(this, other);
  }
}
