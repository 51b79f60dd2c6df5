package myxds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes the {@linkplain SecretFields secrets} from a message, as Envoy's own configuration dump
 * does: texts and bytes in such a field become {@value #REDACTED}, all other values are left out.
 * Content that the schema does not know is left out too, because nothing says what is in it.
 */
public final class Redaction {
  public static final String REDACTED = "[redacted]";

  private final Schema schema;

  public Redaction(Schema schema) {
    this.schema = schema;
  }

  /** Returns the same message without its secrets. */
  public Message redact(Message message) {
    return new Walk(schema, secret -> {}).redact(message, false);
  }

  /** Returns whether this field of this message holds nothing but secrets, or mixes some in. */
  public boolean hides(Message message, FieldDescriptor field) {
    return SecretFields.holds(message, field)
        || (StructSecrets.isTyped(message.getDescriptorForType())
            && StructSecrets.isOpen(field)
            && !redact(message).equals(message));
  }

  /** Returns each secret text and each secret bytes of the message. */
  public Set<ByteString> secrets(Message message) {
    var found = new LinkedHashSet<ByteString>();
    var unused = new Walk(schema, found::add).redact(message, false);
    return found;
  }

  /** One pass over a message, which reports each value that it hides. */
  private record Walk(Schema schema, Consumer<ByteString> hidden) {

    Message redact(Message message, boolean secret) {
      var any = Schema.any(message);
      return any.isPresent() ? packed(message, any.get(), secret) : fields(message, secret);
    }

    private Message fields(Message message, boolean secret) {
      var builder = message.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
      for (var entry : message.getAllFields().entrySet()) {
        var field = entry.getKey();
        var shown = field(message, field, secret || SecretFields.holds(message, field));
        if (shown == null) {
          builder.clearField(field);
        } else {
          builder.setField(field, shown);
        }
      }
      return builder.build();
    }

    private @Nullable Object field(Message message, FieldDescriptor field, boolean hide) {
      var value = message.getField(field);
      if (StructSecrets.isOpen(field)) {
        return new StructSecrets(schema, hidden).redact(message, (Message) value, hide);
      }
      if (field.isMapField()) {
        return entries(message, (List<?>) value, hide);
      }
      return field.isRepeated() ? all(field, (List<?>) value, hide) : one(field, value, hide);
    }

    private @Nullable Object all(FieldDescriptor field, List<?> values, boolean hide) {
      var redacted = values.stream().map(value -> one(field, value, hide)).toList();
      return redacted.contains(null) ? null : redacted;
    }

    /**
     * Redacts the values of a map's entries. Keys are names and stay; hidden, they would be equal.
     */
    private Object entries(Message message, List<?> entries, boolean hide) {
      return entries.stream().map(entry -> entry(message, (Message) entry, hide)).toList();
    }

    private Message entry(Message message, Message entry, boolean secret) {
      var type = entry.getDescriptorForType();
      var key = String.valueOf(entry.getField(type.findFieldByName("key")));
      var field = type.findFieldByName("value");
      var value = entry.getField(field);
      var shown = one(field, value, secret || SecretFields.holds(message, key, value));
      var builder = entry.toBuilder();
      return (shown == null ? builder.clearField(field) : builder.setField(field, shown)).build();
    }

    /** Returns what is shown of a value; null for nothing. */
    private @Nullable Object one(FieldDescriptor field, Object value, boolean hide) {
      return switch (field.getJavaType()) {
        case MESSAGE -> redact((Message) value, hide);
        case STRING -> hide || SecretFields.isSecret((String) value) ? text((String) value) : value;
        case BYTE_STRING -> {
          var bytes = (ByteString) value;
          yield hide || SecretFields.isSecret(bytes.toStringUtf8()) ? bytes(bytes) : value;
        }
        case INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> hide ? null : value;
      };
    }

    private String text(String text) {
      hidden.accept(ByteString.copyFromUtf8(text));
      return REDACTED;
    }

    private ByteString bytes(ByteString bytes) {
      hidden.accept(bytes);
      return ByteString.copyFromUtf8(REDACTED);
    }

    private Message packed(Message packed, Any any, boolean secret) {
      var value =
          schema
              .unpack(any)
              .map(inner -> redact(inner, secret).toByteString())
              .orElseGet(() -> unknown(any));
      var field = packed.getDescriptorForType().findFieldByNumber(Any.VALUE_FIELD_NUMBER);
      return packed.toBuilder().setField(field, value).build();
    }

    private ByteString unknown(Any any) {
      hidden.accept(any.getValue());
      return ByteString.EMPTY;
    }
  }
}
