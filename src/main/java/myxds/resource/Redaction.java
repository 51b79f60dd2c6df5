package myxds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import udpa.annotations.Sensitive;

/**
 * Takes out of a message what its .proto marks as sensitive, as Envoy's own configuration dump
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
    if (message instanceof Any any) {
      return redact(any, secret);
    }
    var builder = message.toBuilder();
    for (var entry : message.getAllFields().entrySet()) {
      var field = entry.getKey();
      boolean hide = secret || field.getOptions().getExtension(Sensitive.sensitive);
      var shown =
          field.isRepeated()
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
    // A map is a list of entries. Its keys are names and stay: else they would all be one.
    var redacted =
        ((List<?>) values)
            .stream()
                .map(value ->
                    field.isMapField() ? entry((Message) value, hide) : one(field, value, hide))
                .toList();
    return redacted.contains(null) ? null : redacted;
  }

  private Message entry(Message entry, boolean hide) {
    var field = entry.getDescriptorForType().findFieldByName("value");
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

  private Any redact(Any any, boolean secret) {
    var type = schema.message(any.getTypeUrl());
    try {
      return type.isPresent()
          ? repacked(any, redact(type.get().getParserForType().parseFrom(any.getValue()), secret))
          : unknown(any, secret);
    } catch (InvalidProtocolBufferException e) {
      return unknown(any, secret);
    }
  }

  private static Any repacked(Any any, Message inner) {
    return any.toBuilder().setValue(inner.toByteString()).build();
  }

  private static Any unknown(Any any, boolean secret) {
    return secret ? any.toBuilder().clearValue().build() : any;
  }
}
