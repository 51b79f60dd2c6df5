package myxds.discovery;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import myxds.port.SocketAddresses;

/** Addresses as people write them: {@code 127.0.0.1:9002}, {@code [::1]:9002}. */
final class Addresses {
  private Addresses() {}

  /** The client's; empty when the transport has none. */
  static String of(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress at
        ? SocketAddresses.text(at)
        : "";
  }
}
