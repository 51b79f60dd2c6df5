package myxds.resource;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one value of a field is written in JSON.
 *
 * @param text for a message
 * @param isOfMany whether a list or a mapping may stand there
 */
record JsonForm(String text, boolean isOfMany) {
  private static final Set<String> ANYTHING =
      Set.of("google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue");

  /** That of a field whose message, if it has one, is one of Google's well-known types. */
  static JsonForm of(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE -> single("a number");
      case BOOLEAN -> single("true or false");
      case STRING -> single("a text");
      case BYTE_STRING -> single("base64");
      case ENUM -> single("one of " + names(field));
      case MESSAGE -> wellKnown(field);
    };
  }

  private static JsonForm wellKnown(FieldDescriptor field) {
    var type = field.getMessageType();
    if (ANYTHING.contains(type.getFullName())) {
      return new JsonForm("any JSON", true);
    }
    return switch (type.getName()) {
      case "Duration" -> single("a duration, 2s");
      case "Timestamp" -> single("a time, 2026-11-23T09:00:00Z");
      case "FieldMask" -> single("a text");
      case "Empty" -> new JsonForm("{}", true);
      default -> wrapper(type.findFieldByName("value"));
    };
  }

  /** A wrapper is written as what it wraps; what is none, as its fields. */
  private static JsonForm wrapper(@Nullable FieldDescriptor value) {
    return value == null ? new JsonForm("a mapping", true) : of(value);
  }

  private static JsonForm single(String text) {
    return new JsonForm(text, false);
  }

  private static String names(FieldDescriptor field) {
    return field.getEnumType().getValues().stream()
        .map(EnumValueDescriptor::getName)
        .collect(Collectors.joining(", "));
  }
}
