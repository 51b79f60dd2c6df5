package myxds.gate.conflict;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address as bytes, however it is spelled; the two families never equal.
 *
 * @param hex 8 digits for IPv4, 32 for IPv6
 */
record Ip(String hex) {
  static final Ip ANY_V4 = new Ip("0".repeat(8));
  static final Ip ANY_V6 = new Ip("0".repeat(32));

  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** Empty when it is no literal address; no name is ever looked up. */
  static Optional<Ip> of(String text) {
    boolean v4 = V4.matcher(text).matches();
    if (!v4 && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      var bytes = InetAddress.getByName(text).getAddress();
      var hex = HexFormat.of().formatHex(bytes);
      // Java makes IPv4 of ::ffff:1.2.3.4, Envoy does not.
      return Optional.of(new Ip(v4 || bytes.length == 16 ? hex : "0".repeat(20) + "ffff" + hex));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean isV4() {
    return hex.length() == 8;
  }

  /**
   * The network of so many bits that it is in, as Envoy keeps ranges; more bits than there are
   * count as all.
   */
  String network(long bits) {
    var bytes = HexFormat.of().parseHex(hex);
    int kept = (int) Math.min(bits, bytes.length * 8L);
    if (kept < bytes.length * 8) {
      bytes[kept / 8] &= (byte) (0xFF00 >> (kept % 8));
      Arrays.fill(bytes, kept / 8 + 1, bytes.length, (byte) 0);
    }
    return HexFormat.of().formatHex(bytes) + "/" + kept;
  }
}
