package myxds.conformance;

import com.google.common.net.HostAndPort;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.HashSet;

/**
 * A server somewhere, which serves {@link Sample#standard} to every node id. Its state cannot be
 * changed from here: rows that need that do not apply.
 */
final class RemoteSubject implements Subject {
  private final HostAndPort address;

  RemoteSubject(String address) {
    this.address = HostAndPort.fromString(address);
  }

  @Override
  public String name() {
    return address.toString();
  }

  @Override
  public String host() {
    return address.getHost();
  }

  @Override
  public int port() {
    return address.getPort();
  }

  @Override
  public void set(String group, Collection<? extends Message> resources) {
    if (!new HashSet<>(resources).equals(new HashSet<>(Sample.standard()))) {
      throw new NotApplicable("needs another state than the standard one");
    }
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public void close() {}
}
