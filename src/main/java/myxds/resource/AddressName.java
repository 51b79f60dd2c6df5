package myxds.resource;

import com.google.protobuf.Message;
import java.util.Optional;

/**
 * A name for a listener that has none. In a bootstrap it needs none; delivered, an Envoy could not
 * know it again.
 */
final class AddressName {
  private AddressName() {}

  /** {@code 0.0.0.0_8000}, {@code 0.0.0.0_8000_udp}; empty when it has no such address. */
  static String of(Message listener) {
    return child(listener, "address")
        .flatMap(address ->
            child(address, "socket_address")
                .map(AddressName::socket)
                .or(() -> child(address, "pipe").map(pipe -> text(pipe, "path"))))
        .orElse("");
  }

  private static String socket(Message socket) {
    var protocol = text(socket, "protocol").equals("UDP") ? "_udp" : "";
    return text(socket, "address") + "_" + text(socket, "port_value") + protocol;
  }

  private static Optional<Message> child(Message message, String name) {
    var field = message.getDescriptorForType().findFieldByName(name);
    return field != null && message.hasField(field)
        ? Optional.of((Message) message.getField(field))
        : Optional.empty();
  }

  private static String text(Message message, String name) {
    var field = message.getDescriptorForType().findFieldByName(name);
    return field == null ? "" : message.getField(field).toString();
  }
}
