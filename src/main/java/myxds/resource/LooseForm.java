package myxds.resource;

import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What Envoy's reader takes though it is not proto3 JSON, and many files have: one value where a
 * list belongs, the name of an enum's value in small letters, {@code {seconds: 5}} for {@code 5s},
 * {@code {value: 5}} for a number that may be absent, {@code yes} for true. Here it becomes proto3
 * JSON. Each was tried on Envoy 1.40.
 */
final class LooseForm {
  private static final Set<String> TRUE = Set.of("yes", "y", "on", "true");
  private static final Set<String> FALSE = Set.of("no", "n", "off", "false");
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

  private final Schema schema;

  LooseForm(Schema schema) {
    this.schema = schema;
  }

  /** The tree of such a message, with everything where it stood. */
  Tree strict(Tree tree, Descriptor type) {
    if (Schema.isAny(type)) {
      return tree instanceof Tree.Mapping mapping ? any(mapping) : tree;
    }
    if (Schema.isWellKnown(type)) {
      return wellKnown(tree, type);
    }
    return tree instanceof Tree.Mapping mapping ? fields(mapping, type) : tree;
  }

  private Tree any(Tree.Mapping mapping) {
    var url = mapping.text("@type");
    var inner = url == null ? null : schema.message(url).map(Message::getDescriptorForType);
    return inner == null || inner.isEmpty() || Schema.isWellKnown(inner.get())
        ? mapping
        : fields(mapping, inner.get());
  }

  private Tree fields(Tree.Mapping mapping, Descriptor type) {
    return entries(
        mapping,
        entry -> {
          var field = Schema.field(type, entry.key());
          return field == null ? entry.value() : value(entry.value(), field);
        });
  }

  private static Tree entries(Tree.Mapping mapping, Function<Tree.Entry, Tree> value) {
    var entries =
        mapping.entries().stream()
            .map(entry -> new Tree.Entry(entry.key(), entry.origin(), value.apply(entry)))
            .toList();
    return new Tree.Mapping(entries, mapping.origin());
  }

  private Tree value(Tree tree, FieldDescriptor field) {
    if (field.isMapField()) {
      var inner = field.getMessageType().findFieldByName("value");
      return tree instanceof Tree.Mapping mapping
          ? entries(mapping, entry -> one(entry.value(), inner))
          : tree;
    }
    if (!field.isRepeated() || tree.isNothing()) {
      return one(tree, field);
    }
    var elements = tree instanceof Tree.Sequence list ? list.elements() : List.of(tree);
    return new Tree.Sequence(
        elements.stream().map(element -> one(element, field)).toList(), tree.origin());
  }

  private Tree one(Tree tree, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> strict(tree, field.getMessageType());
      case ENUM -> choice(tree, field.getEnumType());
      case BOOLEAN -> flag(tree);
      case STRING -> written(tree);
      case INT, LONG, FLOAT, DOUBLE, BYTE_STRING -> tree;
    };
  }

  private static Tree choice(Tree tree, EnumDescriptor type) {
    var text = text(tree);
    return type.getValues().stream()
        .filter(value -> value.getName().equalsIgnoreCase(text))
        .findFirst()
        .<Tree>map(value -> new Tree.Scalar(new JsonPrimitive(value.getName()), tree.origin()))
        .orElse(tree);
  }

  private static Tree flag(Tree tree) {
    var text = text(tree).toLowerCase(Locale.ROOT);
    return TRUE.contains(text) || FALSE.contains(text)
        ? new Tree.Scalar(new JsonPrimitive(TRUE.contains(text)), tree.origin())
        : tree;
  }

  /** A number where a text belongs is the text; this Envoy refuses, but its JSON does not. */
  private static Tree written(Tree tree) {
    return tree instanceof Tree.Scalar(JsonPrimitive number, Origin origin)
            && number.isNumber()
            && number.getAsNumber() instanceof Spelled spelled
        ? new Tree.Scalar(new JsonPrimitive(spelled.written()), origin)
        : tree;
  }

  private Tree wellKnown(Tree tree, Descriptor type) {
    var value = type.findFieldByName("value");
    boolean wraps = type.getFields().size() == 1 && value != null && !value.isRepeated();
    if (wraps) {
      var inner =
          tree instanceof Tree.Mapping(List<Tree.Entry> entries, Origin at)
                  && entries.size() == 1
                  && entries.getFirst().key().equals("value")
              ? entries.getFirst().value()
              : tree;
      return one(inner, value);
    }
    return type.getName().equals("Duration") && tree instanceof Tree.Mapping mapping
        ? duration(mapping)
        : tree;
  }

  private static Tree duration(Tree.Mapping mapping) {
    if (!mapping.entries().stream().allMatch(LooseForm::isOfDuration)) {
      return mapping;
    }
    var time =
        mapping.entries().stream()
            .map(entry ->
                new BigDecimal(text(entry.value()))
                    .movePointLeft(entry.key().equals("nanos") ? 9 : 0))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Tree.Scalar(new JsonPrimitive(time.toPlainString() + "s"), mapping.origin());
  }

  private static boolean isOfDuration(Tree.Entry entry) {
    return Set.of("seconds", "nanos").contains(entry.key())
        && INTEGER.matcher(text(entry.value())).matches();
  }

  private static String text(Tree tree) {
    return tree instanceof Tree.Scalar scalar && scalar.json().isJsonPrimitive()
        ? scalar.json().getAsString()
        : "";
  }
}
