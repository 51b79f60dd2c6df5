package myxds.resource.rules;

import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.envoyproxy.pgv.validate.Validate;

/**
 * What .proto files say about messages and fields by options. An operator's descriptors may carry
 * these as dynamic messages of their own, or as unknown fields: so they are read again from their
 * bytes. Bytes that are no such option say nothing.
 */
final class Annotations {
  private static final ExtensionRegistry KNOWN = known();

  private Annotations() {}

  /** The rules of a field; none is an empty message. */
  static Validate.FieldRules rules(FieldDescriptor field) {
    return read(field).getExtension(Validate.rules);
  }

  static boolean hasRules(FieldDescriptor field) {
    return read(field).hasExtension(Validate.rules);
  }

  /** Whether values of this field must not be shown. */
  static boolean isSensitive(FieldDescriptor field) {
    var options = read(field);
    return options.getExtension(udpa.annotations.Sensitive.sensitive)
        || options.getExtension(xds.annotations.v3.Sensitive.sensitive);
  }

  /** Whether one member of this must be set. */
  static boolean isRequired(OneofDescriptor oneof) {
    var options = oneof.getOptions();
    return read(options, OneofOptions.getDefaultInstance(), OneofOptions.parser())
        .getExtension(Validate.required);
  }

  /** Whether the rules of this message are switched off, with those of all that is below it. */
  static boolean isDisabled(Descriptor type) {
    var options =
        read(type.getOptions(), MessageOptions.getDefaultInstance(), MessageOptions.parser());
    return options.getExtension(Validate.disabled) || options.getExtension(Validate.ignored);
  }

  private static FieldOptions read(FieldDescriptor field) {
    return read(field.getOptions(), FieldOptions.getDefaultInstance(), FieldOptions.parser());
  }

  private static <T extends Message> T read(T options, T none, Parser<T> parser) {
    if (options.getSerializedSize() == 0) {
      return none;
    }
    try {
      return parser.parseFrom(options.toByteString(), KNOWN);
    } catch (InvalidProtocolBufferException e) {
      return none;
    }
  }

  private static ExtensionRegistry known() {
    var registry = ExtensionRegistry.newInstance();
    Validate.registerAllExtensions(registry);
    udpa.annotations.Sensitive.registerAllExtensions(registry);
    xds.annotations.v3.Sensitive.registerAllExtensions(registry);
    return registry;
  }
}
