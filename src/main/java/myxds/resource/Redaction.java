package myxds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the {@linkplain SecretFields secrets} out of a message, as Envoy's own configuration dump
 * does: texts and bytes in such a field become {@value #REDACTED}, all other values are left out.
 */
public final class Redaction {
  public static final String REDACTED = "[redacted]";

  private final Schema schema;

  public Redaction(Schema schema) {
    this.schema = schema;
  }

  /** The same message without its secrets; an {@code Any} of an unknown type stays as it is. */
  public Message redact(Message message) {
    return redact(message, false);
  }

  private Message redact(Message message, boolean secret) {
    var any = Schema.any(message);
    return any.isPresent() ? redact(message, any.get(), secret) : fields(message, secret);
  }

  private Message fields(Message message, boolean secret) {
    var builder = message.toBuilder();
    for (var entry : message.getAllFields().entrySet()) {
      var field = entry.getKey();
      boolean hide = secret || SecretFields.holds(message, field);
      var shown =
          field.isMapField()
              ? entries(message, (List<?>) entry.getValue(), hide)
              : field.isRepeated()
                  ? all(field, entry.getValue(), hide)
                  : one(field, entry.getValue(), hide);
      if (shown == null) {
        builder.clearField(field);
      } else {
        builder.setField(field, shown);
      }
    }
    return builder.build();
  }

  private @Nullable Object all(FieldDescriptor field, Object values, boolean hide) {
    var redacted = ((List<?>) values).stream().map(value -> one(field, value, hide)).toList();
    return redacted.contains(null) ? null : redacted;
  }

  /** A map is a list of entries. Its keys are names and stay: else they would all be one. */
  private Object entries(Message message, List<?> entries, boolean hide) {
    return entries.stream().map(entry -> entry(message, (Message) entry, hide)).toList();
  }

  private Message entry(Message message, Message entry, boolean secret) {
    var type = entry.getDescriptorForType();
    var key = String.valueOf(entry.getField(type.findFieldByName("key")));
    var field = type.findFieldByName("value");
    boolean hide = secret || SecretFields.holds(message, key);
    var shown = one(field, entry.getField(field), hide);
    var builder = entry.toBuilder();
    return (shown == null ? builder.clearField(field) : builder.setField(field, shown)).build();
  }

  /** What is shown of a value; null for nothing. */
  private @Nullable Object one(FieldDescriptor field, Object value, boolean hide) {
    return switch (field.getJavaType()) {
      case MESSAGE -> redact((Message) value, hide);
      case STRING -> hide ? REDACTED : value;
      case BYTE_STRING -> hide ? ByteString.copyFromUtf8(REDACTED) : value;
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> hide ? null : value;
    };
  }

  private Message redact(Message packed, Any any, boolean secret) {
    var value =
        schema
            .unpack(any)
            .map(inner -> redact(inner, secret).toByteString())
            .orElse(secret ? ByteString.EMPTY : any.getValue());
    var field = packed.getDescriptorForType().findFieldByNumber(Any.VALUE_FIELD_NUMBER);
    return packed.toBuilder().setField(field, value).build();
  }
}
