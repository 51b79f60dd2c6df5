package myxds.discovery;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Addresses as people write them: {@code 127.0.0.1:9002}, {@code [::1]:9002}. */
final class Addresses {
  private Addresses() {}

  /** The client's; empty when the transport has none. */
  static String of(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress at
        ? text(at)
        : "";
  }

  static String text(InetSocketAddress address) {
    return text(
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress(),
        address.getPort());
  }

  static String text(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Binds and lets go: throws what is in the way of listening there. */
  static void ensureFree(InetSocketAddress address) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException e) {
      throw new IOException("cannot listen on %s: %s".formatted(text(address), e.getMessage()), e);
    }
  }
}
