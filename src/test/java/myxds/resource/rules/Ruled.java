package myxds.resource.rules;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import io.envoyproxy.pgv.validate.Validate;
import java.util.List;
import java.util.Locale;
import myxds.resource.Finding;
import myxds.resource.Schema;

/** Message types made up for a test, in protobuf's text format, and what their rules find. */
final class Ruled {
  private static final String TYPES =
      """
      name: "ruled.proto" package: "ruled" syntax: "proto3"
      dependency: ["google/protobuf/any.proto", "google/protobuf/duration.proto",
        "google/protobuf/timestamp.proto", "google/protobuf/wrappers.proto",
        "validate/validate.proto"]
      enum_type {
        name: "Color"
        value { name: "NONE" number: 0 } value { name: "RED" number: 1 }
        value { name: "BLUE" number: 2 }
      }
      """;

  private final Descriptor type;

  private Ruled(Descriptor type) {
    this.type = type;
  }

  /** The first of these message types. */
  static Ruled type(String messages) {
    var proto = FileDescriptorProto.newBuilder();
    var registry = ExtensionRegistry.newInstance();
    Validate.registerAllExtensions(registry);
    udpa.annotations.Sensitive.registerAllExtensions(registry);
    var dependencies =
        new FileDescriptor[] {
          AnyProto.getDescriptor(),
          DurationProto.getDescriptor(),
          TimestampProto.getDescriptor(),
          WrappersProto.getDescriptor(),
          Validate.getDescriptor()
        };
    try {
      TextFormat.merge(TYPES + messages, registry, proto);
      var file = FileDescriptor.buildFrom(proto.build(), dependencies);
      return new Ruled(file.getMessageTypes().getFirst());
    } catch (ParseException | DescriptorValidationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * A message of one field {@code f}.
   *
   * @param kind {@code uint32}, {@code Color}, {@code google.protobuf.Any}; a list when {@code
   *     repeated} is before it
   * @param rules as in a .proto file
   */
  static Ruled field(String kind, String rules) {
    return type(
        "message_type { name: \"One\" field { name: \"f\" number: 1 %s options { %s } } }"
            .formatted(kind(kind), "[validate.rules] { " + rules + " }"));
  }

  /** A message of one map {@code f}, of text to this kind. */
  static Ruled map(String kind, String rules) {
    return type(
        """
        message_type {
          name: "One"
          field {
            name: "f" number: 1 label: LABEL_REPEATED type: TYPE_MESSAGE
            type_name: ".ruled.One.FEntry" options { [validate.rules] { %s } }
          }
          nested_type {
            name: "FEntry" options { map_entry: true }
            field { name: "key" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
            field { name: "value" number: 2 %s }
          }
        }
        """
            .formatted(rules, kind(kind)));
  }

  private static String kind(String kind) {
    if (kind.startsWith("repeated ")) {
      return kind(kind.substring("repeated ".length())).replace("OPTIONAL", "REPEATED");
    }
    var label = "label: LABEL_OPTIONAL ";
    if (kind.startsWith("google.")) {
      return label + "type: TYPE_MESSAGE type_name: \"." + kind + "\"";
    }
    return label
        + (kind.equals("Color")
            ? "type: TYPE_ENUM type_name: \".ruled.Color\""
            : "type: TYPE_" + kind.toUpperCase(Locale.ROOT));
  }

  /** A message in text format. */
  Message message(String text) {
    var message = DynamicMessage.newBuilder(type);
    try {
      TextFormat.merge(text, message);
    } catch (ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
    return message.build();
  }

  /** Paths and messages: {@code f[1]: f[1]: 3 (expected: at most 2)}. */
  List<String> check(String text) {
    return told(new FieldRules(Schema.ofApi()).check(message(text)));
  }

  static List<String> told(List<Finding> findings) {
    return findings.stream().map(finding -> finding.path() + ": " + finding.message()).toList();
  }
}
