package myxds.port;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Addresses of sockets as text, and whether one can be listened on. */
public final class SocketAddresses {
  private SocketAddresses() {}

  /** Returns {@code 127.0.0.1:9002}, {@code [::1]:9002}. */
  public static String text(InetSocketAddress address) {
    return text(
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress(),
        address.getPort());
  }

  /** As {@link #text(InetSocketAddress)}. */
  public static String text(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * Binds the address and lets it go.
   *
   * @throws IOException if it cannot be listened on; the message says why
   */
  public static void ensureFree(InetSocketAddress address) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException e) {
      throw new IOException("cannot listen on %s: %s".formatted(text(address), e.getMessage()), e);
    }
  }
}
