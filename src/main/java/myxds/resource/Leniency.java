package myxds.resource;

import com.google.gson.JsonPrimitive;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Envoy reads more than proto3's JSON: one value where a list belongs, the name of an enum's value
 * in small letters, {@code yes} where a boolean belongs. Its own examples are written so (tried on
 * Envoy 1.40). This writes the same as the JSON parser wants it; and a number where a text belongs
 * as it was written, which Envoy refuses.
 */
final class Leniency {
  private static final Map<String, Boolean> BOOLEANS =
      Map.of("yes", true, "on", true, "y", true, "no", false, "off", false, "n", false);

  private static final String BOOLEAN = BoolValue.getDescriptor().getFullName();

  private final Schema schema;

  Leniency(Schema schema) {
    this.schema = schema;
  }

  /** The same tree, with what means the same in its strict form; each part where it stood. */
  Tree message(Tree tree, Descriptor type) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      return tree;
    }
    if (Schema.isAny(type)) {
      var url = mapping.text("@type");
      return url == null
          ? tree
          : schema
              .message(url)
              .map(Message::getDescriptorForType)
              .<Tree>map(inner -> FieldLocator.isWellKnown(inner) ? tree : fields(mapping, inner))
              .orElse(tree);
    }
    return FieldLocator.isWellKnown(type) ? tree : fields(mapping, type);
  }

  private Tree fields(Tree.Mapping mapping, Descriptor type) {
    var entries =
        mapping.entries().stream()
            .map(entry -> {
              var field = FieldLocator.field(type, entry.key());
              return field == null ? entry : entry.with(value(entry.value(), field));
            })
            .toList();
    return new Tree.Mapping(entries, mapping.origin());
  }

  private Tree value(Tree tree, FieldDescriptor field) {
    if (FieldLocator.isNothing(tree)) {
      return tree;
    }
    if (field.isMapField()) {
      return tree instanceof Tree.Mapping mapping ? map(mapping, field) : tree;
    }
    if (!field.isRepeated()) {
      return one(tree, field);
    }
    var elements = tree instanceof Tree.Sequence list ? list.elements() : List.of(tree);
    return new Tree.Sequence(
        elements.stream().map(element -> one(element, field)).toList(), tree.origin());
  }

  private Tree map(Tree.Mapping mapping, FieldDescriptor field) {
    var value = field.getMessageType().findFieldByName("value");
    return new Tree.Mapping(
        mapping.entries().stream().map(entry -> entry.with(one(entry.value(), value))).toList(),
        mapping.origin());
  }

  private Tree one(Tree tree, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE ->
          field.getMessageType().getFullName().equals(BOOLEAN)
              ? bool(tree)
              : message(tree, field.getMessageType());
      case BOOLEAN -> bool(tree);
      case ENUM -> enumeration(tree, field);
      case STRING -> text(tree);
      case INT, LONG, FLOAT, DOUBLE, BYTE_STRING -> tree;
    };
  }

  private static Tree text(Tree tree) {
    return tree instanceof Tree.Scalar(JsonPrimitive number, Origin origin)
            && number.isNumber()
            && number.getAsNumber() instanceof Spelled spelled
        ? new Tree.Scalar(new JsonPrimitive(spelled.written()), origin)
        : tree;
  }

  private static Tree bool(Tree tree) {
    if (!(tree instanceof Tree.Scalar(JsonPrimitive text, Origin origin))) {
      return tree;
    }
    var meant = BOOLEANS.get(text.getAsString().toLowerCase(Locale.ROOT));
    return meant == null ? tree : new Tree.Scalar(new JsonPrimitive(meant), origin);
  }

  private static Tree enumeration(Tree tree, FieldDescriptor field) {
    if (!(tree instanceof Tree.Scalar(JsonPrimitive text, Origin origin))) {
      return tree;
    }
    return field.getEnumType().getValues().stream()
        .map(EnumValueDescriptor::getName)
        .filter(name -> name.equalsIgnoreCase(text.getAsString()))
        .findFirst()
        .<Tree>map(name -> new Tree.Scalar(new JsonPrimitive(name), origin))
        .orElse(tree);
  }
}
