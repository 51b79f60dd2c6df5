package myxds.diff;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import myxds.resource.Redaction;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.resource.SecretFields;
import org.jspecify.annotations.Nullable;

/**
 * Values as texts, much as their author wrote them in YAML: {@code {match: {prefix: /}, timeout:
 * 5s}}. A secret is {@value #SECRET}.
 */
final class Texts {
  private static final String SECRET = "(secret)";
  private static final String WELL_KNOWN = "google.protobuf";

  /** What needs no quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}\\p{N}/*._@%$(<+~^-][^\\s\"'{}\\[\\],#]*");

  private static final Set<String> WRAPPERS =
      Set.of(
          "DoubleValue",
          "FloatValue",
          "Int64Value",
          "UInt64Value",
          "Int32Value",
          "UInt32Value",
          "BoolValue",
          "StringValue",
          "BytesValue");

  private final Schema schema;
  private final Redaction redaction;

  Texts(Schema schema) {
    this.schema = schema;
    this.redaction = new Redaction(schema);
  }

  /** Returns whether nothing but the place of the field may be shown. */
  boolean hides(Message message, FieldDescriptor field) {
    return redaction.hides(message, field);
  }

  /** The message that this one only holds: a packed one, or the struct that a value is. */
  Message inside(Message message) {
    var any = Schema.any(message);
    if (any.isPresent()) {
      return schema.unpack(any.get()).orElse(message);
    }
    var struct = wellKnown(message).equals("Value") ? value(message, "struct_value") : message;
    return message.getAllFields().containsValue(struct) ? (Message) struct : message;
  }

  static boolean isStruct(Message message) {
    return wellKnown(message).equals("Struct");
  }

  /** Whether it is one value to its author, with no fields that could be told one by one. */
  boolean isLeaf(Message message) {
    var name = wellKnown(message);
    return Schema.any(message).isPresent()
        || WRAPPERS.contains(name)
        || Set.of("Duration", "Timestamp", "ListValue", "Value").contains(name);
  }

  @Nullable String orNull(@Nullable Object value) {
    return value == null ? null : of(value);
  }

  /** A field that is no list; null when it is not there. */
  @Nullable String of(Message message, FieldDescriptor field) {
    boolean there =
        field.hasPresence()
            ? message.hasField(field)
            : field.getJavaType() != JavaType.STRING || !message.getField(field).equals("");
    return there ? of(message.getField(field)) : null;
  }

  String of(Object value) {
    return switch (value) {
      case Message message -> ofMessage(message);
      case String text -> SecretFields.isSecret(text) ? SECRET : quoted(text);
      case ByteString bytes -> "(%d bytes)".formatted(bytes.size());
      case EnumValueDescriptor constant -> constant.getName();
      case Double number -> ofNumber(number);
      default -> value.toString();
    };
  }

  private String ofMessage(Message message) {
    var any = Schema.any(message);
    if (any.isPresent()) {
      return ofAny(any.get());
    }
    var type = wellKnown(message);
    return switch (type) {
      case "Duration" -> ofDuration(seconds(message), nanos(message));
      case "Timestamp" -> Instant.ofEpochSecond(seconds(message), nanos(message)).toString();
      case "ListValue" -> ofList((List<?>) value(message, "values"));
      case "Struct" -> "{" + ofMap(message, (List<?>) value(message, "fields")) + "}";
      case "Value" ->
          message.getAllFields().values().stream().findFirst().map(this::of).orElse("null");
      default ->
          WRAPPERS.contains(type) ? of(value(message, "value")) : "{" + fields(message) + "}";
    };
  }

  private String ofAny(Any any) {
    var name = ResourceType.of(any.getTypeUrl()).messageName();
    var shortName = name.substring(name.lastIndexOf('.') + 1);
    var inside = schema.unpack(any).map(this::fields).orElseGet(() -> of(any.getValue()));
    return "{@type: %s%s}".formatted(shortName, inside.isEmpty() ? "" : ", " + inside);
  }

  private String fields(Message message) {
    return message.getAllFields().entrySet().stream()
        .map(entry -> entry.getKey().getName() + ": " + field(message, entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private String field(Message message, FieldDescriptor field) {
    if (hides(message, field)) {
      return SECRET;
    }
    var value = message.getField(field);
    if (field.isMapField()) {
      return "{" + ofMap(message, (List<?>) value) + "}";
    }
    return field.isRepeated() ? ofList((List<?>) value) : of(value);
  }

  private String ofList(List<?> values) {
    return values.stream().map(this::of).collect(Collectors.joining(", ", "[", "]"));
  }

  private String ofMap(Message owner, List<?> entries) {
    return entries.stream()
        .map(Message.class::cast)
        .map(entry -> ofEntry(owner, String.valueOf(value(entry, "key")), value(entry, "value")))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private String ofEntry(Message owner, String key, Object value) {
    return quoted(key) + ": " + (SecretFields.holds(owner, key, value) ? SECRET : of(value));
  }

  /** As proto3 JSON writes it, but for needless zeros. */
  static String ofDuration(long seconds, int nanos) {
    var all = BigDecimal.valueOf(nanos, 9).add(BigDecimal.valueOf(seconds));
    return all.signum() == 0 ? "0s" : all.stripTrailingZeros().toPlainString() + "s";
  }

  private static String ofNumber(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static String quoted(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    var quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append(escaped((char) c)));
    return quoted.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default -> Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : String.valueOf(c);
    };
  }

  private static long seconds(Message message) {
    return (long) value(message, "seconds");
  }

  private static int nanos(Message message) {
    return (int) value(message, "nanos");
  }

  /** A field that every version of the type has. */
  private static Object value(Message message, String name) {
    var field = Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name));
    return message.getField(field);
  }

  /** The name of a type of protobuf itself; empty for others. */
  private static String wellKnown(Message message) {
    var type = message.getDescriptorForType();
    return type.getFile().getPackage().equals(WELL_KNOWN) ? type.getName() : "";
  }
}
