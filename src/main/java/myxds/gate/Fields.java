package myxds.gate;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Fields by their names: a message may be of a generated class or of somebody's own schema. */
final class Fields {
  private Fields() {}

  /** The message that this path of fields leads to; empty when one of them is not set. */
  static Optional<Message> get(Message message, String... path) {
    var at = Optional.of(message);
    for (var name : path) {
      at = at.flatMap(inside -> one(inside, name));
    }
    return at;
  }

  /** The text of a field; empty when there is no such field or it is not set. */
  static String text(Message message, String name) {
    var field = field(message, name);
    return field == null ? "" : message.getField(field).toString();
  }

  /** The messages of a list. */
  static List<Message> list(Message message, String name) {
    var field = field(message, name);
    return field == null
        ? List.of()
        : ((Collection<?>) message.getField(field)).stream().map(Message.class::cast).toList();
  }

  /** Of the messages in a list inside a message, this text. */
  static List<String> texts(Message message, String inside, String list, String text) {
    return get(message, inside).stream()
        .flatMap(holder -> list(holder, list).stream())
        .map(element -> text(element, text))
        .toList();
  }

  private static Optional<Message> one(Message message, String name) {
    var field = field(message, name);
    return field != null && message.hasField(field)
        ? Optional.of((Message) message.getField(field))
        : Optional.empty();
  }

  private static FieldDescriptor field(Message message, String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }
}
