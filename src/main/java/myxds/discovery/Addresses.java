package myxds.discovery;

import java.net.InetSocketAddress;

/** Addresses as people write them: {@code 127.0.0.1:9002}, {@code [::1]:9002}. */
final class Addresses {
  private Addresses() {}

  static String text(InetSocketAddress address) {
    return text(
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress(),
        address.getPort());
  }

  static String text(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
