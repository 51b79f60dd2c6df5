package myxds.resource;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Set;

/**
 * What one value should have been.
 *
 * @param prefix which field's it is; empty where there is no field
 * @param what in words
 * @param isScalar whether its form is a text, a number or a boolean
 */
record Wanted(String prefix, String what, boolean isScalar) {
  private static final Set<String> COMPOUND =
      Set.of("google.protobuf.Struct", "google.protobuf.ListValue", "google.protobuf.Value");

  /** Of a field, of a list's elements, of a map's values. */
  static Wanted of(FieldDescriptor field) {
    var one = field.isMapField() ? field.getMessageType().findFieldByName("value") : field;
    var what =
        switch (one.getJavaType()) {
          case STRING -> "a text";
          case BYTE_STRING -> "base64";
          case BOOLEAN -> "true or false";
          case INT, LONG, FLOAT, DOUBLE -> "a number";
          case ENUM -> "a name of " + one.getEnumType().getFullName();
          case MESSAGE -> form(one.getMessageType());
        };
    boolean isScalar =
        one.getJavaType() != FieldDescriptor.JavaType.MESSAGE || isScalar(one.getMessageType());
    return new Wanted(field.getName() + ": ", what, isScalar);
  }

  /** Of a message that has a JSON form of its own. */
  static Wanted of(Descriptor type) {
    return new Wanted("", form(type), isScalar(type));
  }

  String butIs(Tree tree) {
    return "%s%s (expected: %s)".formatted(prefix, tree.kind(), what);
  }

  private static boolean isScalar(Descriptor type) {
    return !COMPOUND.contains(type.getFullName());
  }

  private static String form(Descriptor type) {
    return switch (type.getFullName()) {
      case "google.protobuf.Duration" -> "seconds: 1.5s";
      case "google.protobuf.Struct" -> "a mapping";
      case "google.protobuf.ListValue" -> "a list";
      default -> "a " + type.getFullName();
    };
  }
}
