package myxds.snapshot;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bytes of a message: the same ones for the same content, on every replica and in every schema.
 * Proto maps have no order of their own; a generated class can sort them by their keys, while
 * {@link DynamicMessage} writes them as they came.
 */
final class ContentBytes {
  private ContentBytes() {}

  static ByteString of(Message message) {
    var sorted = message instanceof DynamicMessage ? sorted(message) : message;
    var bytes = new byte[sorted.getSerializedSize()];
    var out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      sorted.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array of the right size cannot fail", e);
    }
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static Message sorted(Message message) {
    if (!hasMap(message)) {
      return message;
    }
    var builder = message.toBuilder();
    for (var entry : message.getAllFields().entrySet()) {
      var field = entry.getKey();
      if (field.isMapField()) {
        builder.setField(field, inside(entry).sorted(ContentBytes::byKey).toList());
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        var inside = inside(entry).toList();
        builder.setField(field, field.isRepeated() ? inside : inside.getFirst());
      }
    }
    return builder.build();
  }

  private static boolean hasMap(Message message) {
    return message.getAllFields().entrySet().stream()
        .filter(entry -> entry.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE)
        .anyMatch(entry ->
            entry.getKey().isMapField()
                || messages(entry.getValue()).stream().anyMatch(ContentBytes::hasMap));
  }

  private static Stream<Message> inside(Map.Entry<FieldDescriptor, Object> entry) {
    return messages(entry.getValue()).stream().map(ContentBytes::sorted);
  }

  private static List<Message> messages(Object value) {
    return value instanceof Collection<?> many
        ? many.stream().map(Message.class::cast).toList()
        : List.of((Message) value);
  }

  /** Keys of one map are all texts, all numbers or all truth values. */
  @SuppressWarnings("unchecked")
  private static int byKey(Message entry, Message other) {
    return ((Comparable<Object>) key(entry)).compareTo(key(other));
  }

  private static Object key(Message entry) {
    return entry.getField(entry.getDescriptorForType().findFieldByNumber(1));
  }
}
