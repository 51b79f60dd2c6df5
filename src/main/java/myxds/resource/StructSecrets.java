package myxds.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a {@code google.protobuf.Struct}. In a {@code TypedStruct} it stands for a
 * message: if the schema has that message, its annotations count; otherwise only the names of the
 * keys do.
 */
final class StructSecrets {
  private static final Set<String> TYPED =
      Set.of("xds.type.v3.TypedStruct", "udpa.type.v1.TypedStruct");
  private static final Value REDACTED =
      Value.newBuilder().setStringValue(Redaction.REDACTED).build();

  private final Schema schema;
  private final Consumer<ByteString> hidden;

  /**
   * @param hidden is told each text that is hidden
   */
  StructSecrets(Schema schema, Consumer<ByteString> hidden) {
    this.schema = schema;
    this.hidden = hidden;
  }

  /** Returns whether a message of this type holds another one, written as a struct. */
  static boolean isTyped(Descriptor type) {
    return TYPED.contains(type.getFullName());
  }

  /** Returns whether the field holds one struct. */
  static boolean isOpen(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && SecretFields.isStruct(field.getMessageType());
  }

  /**
   * Returns the struct without its secrets.
   *
   * @param owner the message that has the struct in one of its fields
   * @param struct of whichever class
   */
  Message redact(Message owner, Message struct, boolean secret) {
    try {
      var shown = struct(Struct.parseFrom(struct.toByteString()), type(owner), secret);
      return struct.newBuilderForType().mergeFrom(shown.toByteString()).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a struct is not written as one", e);
    }
  }

  private @Nullable Descriptor type(Message owner) {
    var type = owner.getDescriptorForType();
    if (!isTyped(type)) {
      return null;
    }
    return descriptor(String.valueOf(owner.getField(type.findFieldByName("type_url"))));
  }

  private @Nullable Descriptor descriptor(String typeUrl) {
    return schema.descriptor(typeUrl).orElse(null);
  }

  private Struct struct(Struct struct, @Nullable Descriptor type, boolean secret) {
    var shown = Struct.newBuilder();
    var named = struct.getFieldsOrDefault("@type", Value.getDefaultInstance()).getStringValue();
    var known = named.isEmpty() ? type : descriptor(named);
    boolean isCredential = SecretFields.isCredential(struct);
    struct
        .getFieldsMap()
        .forEach((key, value) -> {
          var field = known == null ? null : Schema.field(known, key);
          boolean hide =
              secret
                  || SecretFields.isTelling(key)
                  || (isCredential && SecretFields.isValue(key))
                  || (field != null && SecretFields.isSensitive(field));
          shown.putFields(key, value(value, type(field), hide && !key.equals("@type")));
        });
    return shown.build();
  }

  /** Returns the message that a field holds; of a map, its entry. */
  private static @Nullable Descriptor type(@Nullable FieldDescriptor field) {
    if (field == null || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return null;
    }
    return field.getMessageType();
  }

  private Value value(Value value, @Nullable Descriptor type, boolean hide) {
    return switch (value.getKindCase()) {
      case STRUCT_VALUE ->
          Value.newBuilder().setStructValue(inner(value.getStructValue(), type, hide)).build();
      case LIST_VALUE -> {
        var list = ListValue.newBuilder();
        value.getListValue().getValuesList().forEach(one -> list.addValues(value(one, type, hide)));
        yield Value.newBuilder().setListValue(list).build();
      }
      case STRING_VALUE ->
          hide || SecretFields.isSecret(value.getStringValue())
              ? hidden(value.getStringValue())
              : value;
      case NUMBER_VALUE, BOOL_VALUE -> hide ? REDACTED : value;
      case NULL_VALUE, KIND_NOT_SET -> value;
    };
  }

  private Struct inner(Struct struct, @Nullable Descriptor type, boolean hide) {
    if (type == null || !type.getOptions().getMapEntry()) {
      return struct(struct, type, hide);
    }
    var shown = Struct.newBuilder();
    var element = type(type.findFieldByName("value"));
    struct
        .getFieldsMap()
        .forEach((key, value) ->
            shown.putFields(key, value(value, element, hide || SecretFields.isTelling(key))));
    return shown.build();
  }

  private Value hidden(String text) {
    hidden.accept(ByteString.copyFromUtf8(text));
    return REDACTED;
  }
}
