package myxds.snapshot;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a message: the same ones for the same content, on every replica and in every schema.
 * Proto maps have no order of their own; a generated class can sort them, while {@link
 * DynamicMessage} writes them as they came, and leaves out keys and values that are defaults. So
 * such maps are written here as generated classes write them.
 */
final class ContentBytes {
  private ContentBytes() {}

  static ByteString of(Message message) {
    try {
      return message instanceof DynamicMessage && hasMap(message)
          ? withMaps(message)
          : plain(message);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
  }

  private static ByteString plain(Message message) throws IOException {
    var bytes = new byte[message.getSerializedSize()];
    var out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    message.writeTo(out);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static boolean hasMap(Message message) {
    return message.getAllFields().entrySet().stream()
        .filter(entry -> isOfMessages(entry.getKey()))
        .anyMatch(entry ->
            entry.getKey().isMapField() || messages(entry).stream().anyMatch(ContentBytes::hasMap));
  }

  private static ByteString withMaps(Message message) throws IOException {
    var bytes = ByteString.newOutput(message.getSerializedSize());
    var out = CodedOutputStream.newInstance(bytes);
    for (var entry : message.getAllFields().entrySet()) {
      var field = entry.getKey();
      if (!isOfMessages(field)) {
        only(message, field).writeTo(out);
      } else if (field.isMapField()) {
        for (var one : sorted(messages(entry))) {
          out.writeMessage(field.getNumber(), whole(one));
        }
      } else {
        for (var one : messages(entry)) {
          out.writeBytes(field.getNumber(), of(one));
        }
      }
    }
    message.getUnknownFields().writeTo(out);
    out.flush();
    return bytes.toByteString();
  }

  private static boolean isOfMessages(FieldDescriptor field) {
    return field.getType() == FieldDescriptor.Type.MESSAGE;
  }

  private static List<Message> messages(Map.Entry<FieldDescriptor, Object> entry) {
    return entry.getValue() instanceof Collection<?> many
        ? many.stream().map(Message.class::cast).toList()
        : List.of((Message) entry.getValue());
  }

  private static Message only(Message message, FieldDescriptor field) {
    return DynamicMessage.newBuilder(message.getDescriptorForType())
        .setField(field, message.getField(field))
        .buildPartial();
  }

  private static List<Message> sorted(List<Message> entries) {
    return entries.stream().sorted((a, b) -> compare(key(a), key(b))).toList();
  }

  /** Keys of one map are all texts, all numbers or all truth values. */
  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  private static Object key(Message entry) {
    return entry.getField(entry.getDescriptorForType().findFieldByNumber(1));
  }

  /** An entry that has its key and its value, whatever they are. */
  private static Message whole(Message entry) {
    var type = entry.getDescriptorForType();
    var key = type.findFieldByNumber(1);
    var value = type.findFieldByNumber(2);
    var content = entry.getField(value);
    // On the wire a message is its bytes, in which there may be maps again.
    var plain = isOfMessages(value) ? of((Message) content) : content;
    var kind = isOfMessages(value) ? WireFormat.FieldType.BYTES : value.getLiteType();
    return MapEntry.newDefaultInstance(type, key.getLiteType(), key(entry), kind, plain);
  }
}
