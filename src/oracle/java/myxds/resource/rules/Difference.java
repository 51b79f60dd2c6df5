package myxds.resource.rules;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why {@link FieldRules} and the generated Java validators may differ about a message. */
enum Difference {
  /**
   * Java validators are generated only for files that import the rules. Below a message of another
   * file nothing is judged. Envoy has validators for all files, and refuses such a message.
   */
  BELOW_A_FILE_WITHOUT_RULES {
    @Override
    @Nullable Object same(FieldDescriptor field, Object value) {
      return field.getJavaType() == JavaType.MESSAGE
              && !isPlain(field.getMessageType())
              && !hasValidator(field.getMessageType())
          ? null
          : value;
    }
  },

  /**
   * Java has no unsigned numbers, and the generated Java compares them as signed: what is 2^31 or
   * more is less than 0 to it. Envoy, asked about such a number, refuses it.
   */
  LARGE_UNSIGNED {
    @Override
    Object same(FieldDescriptor field, Object value) {
      return switch (field.getType()) {
        case UINT32, FIXED32 -> (int) value & Integer.MAX_VALUE;
        case UINT64, FIXED64 -> (long) value & Long.MAX_VALUE;
        default -> value;
      };
    }
  },

  /**
   * To the generated Java NaN is more than all numbers, and -0.0 less than 0. Here NaN breaks every
   * bound, and -0.0 is 0. Envoy's validators let both pass; but where it uses the number, it
   * refuses NaN.
   */
  ODD_FLOATING_POINT {
    @Override
    Object same(FieldDescriptor field, Object value) {
      if (value instanceof Double real) {
        return real.isNaN() ? 0.0 : real + 0.0;
      }
      return value instanceof Float real ? (Object) (real.isNaN() ? 0f : real + 0f) : value;
    }
  };

  /** A value about which both agree; null for none. */
  abstract @Nullable Object same(FieldDescriptor field, Object value);

  /** The message without that which makes this difference. */
  Message takenOut(Message message) {
    var builder = message.toBuilder();
    for (var entry : message.getAllFields().entrySet()) {
      var field = entry.getKey();
      builder.clearField(field);
      if (field.isRepeated()) {
        all(field, (List<?>) entry.getValue())
            .forEach(value -> builder.addRepeatedField(field, value));
      } else {
        var value = one(field, entry.getValue());
        if (value != null) {
          builder.setField(field, value);
        }
      }
    }
    return builder.build();
  }

  private List<Object> all(FieldDescriptor field, List<?> values) {
    var same = new ArrayList<Object>();
    for (var each : values) {
      var value = field.isMapField() ? takenOut((Message) each) : one(field, each);
      if (value != null) {
        same.add(value);
      }
    }
    return same;
  }

  private @Nullable Object one(FieldDescriptor field, Object value) {
    var same = same(field, value);
    return same instanceof Message message ? takenOut(message) : same;
  }

  static boolean hasValidator(Descriptor type) {
    return type.getFile().getDependencies().stream()
        .map(FileDescriptor::getFullName)
        .anyMatch(name -> name.endsWith("validate.proto"));
  }

  /** Messages of protobuf's own. */
  private static boolean isPlain(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf");
  }
}
