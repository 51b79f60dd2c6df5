package myxds.diff;

import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import myxds.resource.SecretFields;

/** What an element of a list is known by among the others. */
final class Identity {
  private static final List<String> NAMES = List.of("name", "key");

  private Identity() {}

  /** A name, or a header's key, or an endpoint's address; empty for one that has none of these. */
  static String of(Message element) {
    return NAMES.stream()
        .map(name -> text(element, name))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .or(() -> message(element, "header").map(header -> text(header, "key")))
        .or(() -> message(element, "endpoint").map(Identity::address))
        .or(() -> message(element, "locality").map(Identity::locality))
        .orElse("");
  }

  /** The name that an endpoint has beside its address; empty for none. */
  static String hostname(Message element) {
    return message(element, "endpoint").map(endpoint -> text(endpoint, "hostname")).orElse("");
  }

  private static String address(Message endpoint) {
    return message(endpoint, "address")
        .flatMap(address ->
            message(address, "socket_address")
                .map(socket -> text(socket, "address") + ":" + text(socket, "port_value"))
                .or(() -> message(address, "pipe").map(pipe -> text(pipe, "path"))))
        .orElse("");
  }

  private static String locality(Message locality) {
    return List.of("region", "zone", "sub_zone").stream()
        .map(name -> text(locality, name))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("/"));
  }

  private static String text(Message message, String name) {
    var field = message.getDescriptorForType().findFieldByName(name);
    return field == null
            || field.isRepeated()
            || field.getJavaType() == JavaType.MESSAGE
            || SecretFields.holds(message, field)
        ? ""
        : String.valueOf(message.getField(field));
  }

  private static Optional<Message> message(Message message, String name) {
    var field = message.getDescriptorForType().findFieldByName(name);
    return field == null
            || field.isRepeated()
            || field.getJavaType() != JavaType.MESSAGE
            || !message.hasField(field)
        ? Optional.empty()
        : Optional.of((Message) message.getField(field));
  }
}
