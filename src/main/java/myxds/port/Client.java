package myxds.port;

import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

/** The other end of a connection, whose address is known when the connection is closed, too. */
record Client(InetSocketAddress at) implements PeerInfo {

  @Override
  public SocketAddress address() {
    return at;
  }

  @Override
  public String host() {
    return at.getHostString();
  }

  @Override
  public int port() {
    return at.getPort();
  }

  @Override
  public Optional<Principal> tlsPrincipal() {
    return Optional.empty();
  }

  @Override
  public Optional<Certificate[]> tlsCertificates() {
    return Optional.empty();
  }
}
