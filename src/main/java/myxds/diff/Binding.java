package myxds.diff;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/**
 * Whether the kernel lets a listener that does not reuse its port listen at other addresses while
 * the old one still does. An address that both have is no question: Envoy hands the socket on.
 */
final class Binding {
  private static final List<String> ALL_HOSTS = List.of("0.0.0.0", "::");

  private Binding() {}

  static boolean isBlocked(List<Message> before, List<Message> after) {
    return after.stream()
        .filter(next -> before.stream().noneMatch(old -> isSame(old, next)))
        .anyMatch(next -> before.stream().anyMatch(old -> overlap(old, next)));
  }

  private static boolean isSame(Message one, Message other) {
    return port(one).equals(port(other)) && host(one).equals(host(other));
  }

  private static boolean overlap(Message one, Message other) {
    return port(one).isPresent()
        && port(one).equals(port(other))
        && (includes(one, other) || includes(other, one));
  }

  private static boolean includes(Message all, Message other) {
    boolean bothFamilies = text(all, "ipv4_compat").equals(Optional.of("true"));
    return host(all).filter(ALL_HOSTS::contains).isPresent()
        && (bothFamilies || isIpv6(all) == isIpv6(other));
  }

  private static boolean isIpv6(Message address) {
    return host(address).filter(host -> host.contains(":")).isPresent();
  }

  private static Optional<String> host(Message address) {
    return text(address, "address");
  }

  private static Optional<String> port(Message address) {
    return text(address, "protocol")
        .flatMap(protocol -> text(address, "port_value").map(port -> protocol + port));
  }

  /** A field of the socket address; empty for an address of another kind. */
  private static Optional<String> text(Message address, String name) {
    var kind = address.getDescriptorForType().findFieldByName("socket_address");
    if (kind == null || !address.hasField(kind)) {
      return Optional.empty();
    }
    var socket = (Message) address.getField(kind);
    return Optional.ofNullable(socket.getDescriptorForType().findFieldByName(name))
        .map(field -> socket.getField(field).toString());
  }
}
