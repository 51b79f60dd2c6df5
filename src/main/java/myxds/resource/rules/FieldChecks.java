package myxds.resource.rules;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.envoyproxy.pgv.validate.Validate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import myxds.resource.rules.Demand.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Makes the checks of a field from its rules. Rules of another type than the field's are left out;
 * protoc-gen-validate does not compile them.
 */
final class FieldChecks {
  private static final Shown<List<?>> ITEMS = Shown.sized(list -> Size.of(list.size(), "item"));
  private static final Kind<List<?>> LIST = Kind.of(value -> (List<?>) value, ITEMS);
  private static final Size<List<?>> SIZE = new Size<>(List::size, "item", ITEMS);

  private final Plans plans;

  private FieldChecks(Plans plans) {
    this.plans = plans;
  }

  /**
   * What a field must be.
   *
   * @param check null when it must only be there
   * @param alsoUnset whether a list or map that is empty may be wrong
   */
  record Found(@Nullable Check check, boolean isRequired, boolean alsoUnset) {}

  /** Null when the field is never wrong. */
  static @Nullable Found of(FieldDescriptor field, Plans plans) {
    var checks = new FieldChecks(plans);
    var rules = plans.rules(field);
    if (field.isMapField()) {
      return found(checks.map(field, rules.getMap()), false, rules.getMap().getMinPairs() > 0);
    }
    if (field.isRepeated()) {
      var list = rules.getRepeated();
      return found(checks.list(field, list), false, list.getMinItems() > 0);
    }
    var required =
        rules.getMessage().getRequired()
            || rules.getAny().getRequired()
            || rules.getDuration().getRequired()
            || rules.getTimestamp().getRequired();
    return found(checks.value(field, rules), required, true);
  }

  private static @Nullable Found found(
      @Nullable Check check, boolean isRequired, boolean alsoUnset) {
    return check == null && !isRequired ? null : new Found(check, isRequired, alsoUnset);
  }

  private @Nullable Check list(FieldDescriptor field, Validate.RepeatedRules rules) {
    var demands = new ArrayList<Demand<List<?>>>();
    if (rules.getMinItems() > 0) {
      demands.add(SIZE.atLeast(rules.getMinItems()));
    }
    if (rules.hasMaxItems()) {
      demands.add(SIZE.atMost(rules.getMaxItems()));
    }
    var size = demands.isEmpty() ? null : new Check.Demands<>(LIST, demands);
    var unique = rules.getUnique() ? new Check.Unique() : null;
    var item = value(field, rules.getItems());
    var items = item == null ? null : new Check.Items(item);
    return unlessEmpty(rules.getIgnoreEmpty(), all(size, unique, items));
  }

  private @Nullable Check map(FieldDescriptor field, Validate.MapRules rules) {
    var demands = new ArrayList<Demand<List<?>>>();
    if (rules.getMinPairs() > 0) {
      demands.add(SIZE.atLeast(rules.getMinPairs()));
    }
    if (rules.hasMaxPairs()) {
      demands.add(SIZE.atMost(rules.getMaxPairs()));
    }
    var size = demands.isEmpty() ? null : new Check.Demands<>(LIST, demands);
    var entry = field.getMessageType();
    var key = value(entry.findFieldByNumber(1), rules.getKeys());
    var value = value(entry.findFieldByNumber(2), rules.getValues());
    var entries = key == null && value == null ? null : new Check.Entries(field, key, value);
    return unlessEmpty(rules.getIgnoreEmpty(), all(size, entries));
  }

  private static @Nullable Check unlessEmpty(boolean ignoresEmpty, @Nullable Check check) {
    return check == null || !ignoresEmpty
        ? check
        : new Check.UnlessEmpty(list -> ((List<?>) list).isEmpty(), check);
  }

  /** Of one value: of a field, an element, a key. */
  private @Nullable Check value(FieldDescriptor field, Validate.FieldRules rules) {
    if (field.getJavaType() != JavaType.MESSAGE) {
      return scalar(field, rules);
    }
    var type = field.getMessageType();
    if (isWrapper(type)) {
      var inner = type.getFields().get(0);
      var check = scalar(inner, rules);
      return check == null ? null : new Check.Wrapped(inner, check);
    }
    return all(wellKnown(type, rules), isClosed(type, rules) ? null : below(type));
  }

  /**
   * Whether validators do not look below: they were told so, or the field has a rule for an {@code
   * Any} and is none, as {@code ExtensionConfigSource.config_source}.
   */
  private static boolean isClosed(Descriptor type, Validate.FieldRules rules) {
    return rules.getMessage().getSkip() || (rules.hasAny() && !Plans.isAny(type));
  }

  private @Nullable Check below(Descriptor type) {
    if (Plans.isAny(type)) {
      return new Check.Packed();
    }
    return plans.isRuled(type) ? new Check.Nested(plans.of(type)) : null;
  }

  /** {@code UInt32Value} and its like. */
  private static boolean isWrapper(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf")
        && type.getName().endsWith("Value")
        && type.getFields().size() == 1
        && type.getFields().get(0).getName().equals("value");
  }

  private static @Nullable Check wellKnown(Descriptor type, Validate.FieldRules rules) {
    return switch (type.getFullName()) {
      case "google.protobuf.Any" -> any(rules.getAny());
      case "google.protobuf.Duration" ->
          new OrderedRules<>(rules.getDuration(), Kind.DURATION).check();
      case "google.protobuf.Timestamp" ->
          new OrderedRules<>(rules.getTimestamp(), Kind.TIMESTAMP).check();
      default -> null;
    };
  }

  private static @Nullable Check any(Validate.AnyRules rules) {
    var url = Kind.of(value -> Visit.typeUrl((Message) value), Shown.as(Quoted::of));
    var demands = new ArrayList<Demand<String>>();
    if (rules.getInCount() > 0) {
      demands.add(Demand.in(List.copyOf(rules.getInList()), url.shown()));
    }
    if (rules.getNotInCount() > 0) {
      demands.add(Demand.notIn(List.copyOf(rules.getNotInList()), url.shown()));
    }
    return demands.isEmpty() ? null : new Check.Demands<>(url, demands);
  }

  private static @Nullable Check scalar(FieldDescriptor field, Validate.FieldRules rules) {
    return switch (field.getType()) {
      case INT32 -> number(rules.hasInt32(), rules.getInt32(), Kind.INT32);
      case SINT32 -> number(rules.hasSint32(), rules.getSint32(), Kind.INT32);
      case SFIXED32 -> number(rules.hasSfixed32(), rules.getSfixed32(), Kind.INT32);
      case UINT32 -> number(rules.hasUint32(), rules.getUint32(), Kind.UINT32);
      case FIXED32 -> number(rules.hasFixed32(), rules.getFixed32(), Kind.UINT32);
      case INT64 -> number(rules.hasInt64(), rules.getInt64(), Kind.INT64);
      case SINT64 -> number(rules.hasSint64(), rules.getSint64(), Kind.INT64);
      case SFIXED64 -> number(rules.hasSfixed64(), rules.getSfixed64(), Kind.INT64);
      case UINT64 -> number(rules.hasUint64(), rules.getUint64(), Kind.UINT64);
      case FIXED64 -> number(rules.hasFixed64(), rules.getFixed64(), Kind.UINT64);
      case FLOAT -> number(rules.hasFloat(), rules.getFloat(), Kind.FLOAT);
      case DOUBLE -> number(rules.hasDouble(), rules.getDouble(), Kind.DOUBLE);
      case BOOL -> rules.getBool().hasConst() ? bool(rules.getBool().getConst()) : null;
      case STRING -> rules.hasString() ? TextRules.check(rules.getString()) : null;
      case BYTES -> rules.hasBytes() ? BytesRules.check(rules.getBytes()) : null;
      case ENUM -> rules.hasEnum() ? EnumRules.check(rules.getEnum(), field.getEnumType()) : null;
      case MESSAGE, GROUP -> null;
    };
  }

  private static @Nullable Check number(boolean ruled, Message rules, Kind.Ordered<?> ordered) {
    return ruled ? new OrderedRules<>(rules, ordered).check() : null;
  }

  private static Check bool(boolean constant) {
    var kind = Kind.of(value -> (Boolean) value, Shown.as(Object::toString));
    return new Check.Demands<>(kind, List.of(Demand.equalTo(constant, kind.shown())));
  }

  private static @Nullable Check all(@Nullable Check... checks) {
    var present = Stream.of(checks).filter(Objects::nonNull).toList();
    return switch (present.size()) {
      case 0 -> null;
      case 1 -> present.getFirst();
      default -> new Check.All(present);
    };
  }
}
