package myxds.gate.conflict;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import myxds.resource.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * A message and where it stands. Fields are read by their names, for the message may be of any
 * schema; a field that its schema does not have is one that is not set.
 */
record Node(Message message, FieldPath path) {

  String type() {
    return message.getDescriptorForType().getFullName();
  }

  FieldPath at(String field) {
    return path.field(field);
  }

  /** Whether it is set, and for a list whether it holds something. */
  boolean has(String name) {
    var field = field(name);
    return field != null
        && (field.isRepeated()
            ? message.getRepeatedFieldCount(field) > 0
            : field.hasPresence()
                ? message.hasField(field)
                : !message.getField(field).equals(field.getDefaultValue()));
  }

  boolean hasAny(String... names) {
    for (var name : names) {
      if (has(name)) {
        return true;
      }
    }
    return false;
  }

  /** A text, the name of an enum's value, or bytes as UTF-8; empty when it is not set. */
  String text(String name) {
    var field = field(name);
    return field == null ? "" : text(message.getField(field));
  }

  List<String> texts(String name) {
    var field = field(name);
    return field == null ? List.of() : elements(field).map(Node::text).toList();
  }

  /** An integer, or the one inside a wrapper. */
  OptionalLong number(String name) {
    var field = field(name);
    if (field == null || !has(name)) {
      return OptionalLong.empty();
    }
    return switch (message.getField(field)) {
      case Integer value -> OptionalLong.of(Integer.toUnsignedLong(value));
      case Long value -> OptionalLong.of(value);
      case Message wrapper ->
          OptionalLong.of(new Node(wrapper, at(name)).number("value").orElse(0));
      case Object other -> throw new IllegalArgumentException(name + " is no number: " + other);
    };
  }

  List<Long> numbers(String name) {
    var field = field(name);
    return field == null
        ? List.of()
        : elements(field).map(one -> Integer.toUnsignedLong((Integer) one)).toList();
  }

  /** A truth value, or the one inside a wrapper. */
  boolean flag(String name, boolean otherwise) {
    var field = field(name);
    if (field == null || !has(name)) {
      return otherwise;
    }
    return message.getField(field) instanceof Message wrapper
        ? new Node(wrapper, at(name)).flag("value", false)
        : Boolean.TRUE.equals(message.getField(field));
  }

  Optional<Node> child(String name) {
    var field = field(name);
    return field != null && field.getJavaType() == JavaType.MESSAGE && has(name)
        ? Optional.of(new Node((Message) message.getField(field), at(name)))
        : Optional.empty();
  }

  List<Node> children(String name) {
    var field = field(name);
    if (field == null) {
      return List.of();
    }
    int count = message.getRepeatedFieldCount(field);
    var all = new ArrayList<Node>(count);
    for (int i = 0; i < count; i++) {
      all.add(new Node((Message) message.getRepeatedField(field, i), at(name).index(i)));
    }
    return all;
  }

  /** Whether it has fields that the schema does not know, so that not all of it can be judged. */
  boolean isPartlyUnknown() {
    return !message.getUnknownFields().asMap().isEmpty();
  }

  private Stream<Object> elements(FieldDescriptor field) {
    return ((List<?>) message.getField(field)).stream().map(one -> (Object) one);
  }

  private static String text(Object value) {
    return switch (value) {
      case EnumValueDescriptor constant -> constant.getName();
      case ByteString bytes -> bytes.toStringUtf8();
      case Object other -> other.toString();
    };
  }

  private @Nullable FieldDescriptor field(String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }
}
