package myxds.resource;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds where a tree does not fit its message. The JSON parser knows what fits but not where it
 * stood; so it is asked again, value by value, while the tree is walked beside the descriptor.
 */
final class FieldLocator {
  private final Schema schema;
  private final List<Problem> found = new ArrayList<>();

  private FieldLocator(Schema schema) {
    this.schema = schema;
  }

  /** All places where the tree does not fit; empty when only the whole does not. */
  private static List<Problem> locate(Tree tree, Descriptor type, Schema schema) {
    var locator = new FieldLocator(schema);
    locator.message(tree, type);
    return locator.found;
  }

  /** The same for what the JSON parser refused: never empty. */
  static List<Problem> explain(
      InvalidProtocolBufferException refusal, Tree tree, Descriptor type, Schema schema) {
    var found = locate(tree, type, schema);
    return found.isEmpty()
        ? List.of(Problem.error(tree.origin(), String.valueOf(refusal.getMessage())))
        : found;
  }

  private void message(Tree tree, Descriptor type) {
    if (Schema.isAny(type)) {
      any(tree);
    } else if (Schema.isWellKnown(type)) {
      probe(tree, type);
    } else if (tree instanceof Tree.Mapping mapping) {
      fields(mapping.entries(), type);
    } else if (!tree.isNothing()) {
      add(tree.origin(), tree.kind() + " (expected: the fields of " + type.getFullName() + ")");
    }
  }

  private void any(Tree tree) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      add(tree.origin(), tree.kind() + " (expected: a mapping with \"@type\")");
      return;
    }
    var url = mapping.text("@type");
    if (mapping.entries().isEmpty()) {
      return;
    }
    if (url == null) {
      add(tree.origin(), "no \"@type\" (expected: type.googleapis.com/…)");
      return;
    }
    var inner = schema.message(url).map(Message::getDescriptorForType);
    if (inner.isEmpty()) {
      found.add(unknownType(mapping, url, schema));
    } else if (!url.contains("/")) {
      add(place(mapping), "@type: \"%s\" (expected: type.googleapis.com/%s)".formatted(url, url));
    } else if (Schema.isWellKnown(inner.get())) {
      mapping.without("@type").forEach(entry -> message(entry.value(), inner.get()));
    } else {
      fields(mapping.without("@type").toList(), inner.get());
    }
  }

  /** What is wrong with this {@code @type}, and the one that was probably meant. */
  static Problem unknownType(Tree.Mapping mapping, String url, Schema schema) {
    var meant =
        schema
            .nearest(url)
            .map(name -> " (did you mean \"" + name + "\"?)")
            .orElse(" (a schema may have it: --schema)");
    return Problem.error(
        place(mapping), schema.trouble(url).orElse("unknown @type \"" + url + "\"" + meant));
  }

  private static Origin place(Tree.Mapping mapping) {
    var type = mapping.get("@type");
    return type == null ? mapping.origin() : type.origin();
  }

  private void fields(List<Tree.Entry> entries, Descriptor type) {
    Map<OneofDescriptor, String> chosen = new HashMap<>();
    Map<FieldDescriptor, Tree.Entry> seen = new HashMap<>();
    for (var entry : entries) {
      var field = Schema.field(type, entry.key());
      if (field == null) {
        unknownField(entry, type);
        continue;
      }
      // A field has two spellings: YAML's look for double keys does not see this.
      var first = seen.putIfAbsent(field, entry);
      if (first != null) {
        add(
            entry.origin(),
            "field \"%s\" stands twice (first as \"%s\" at %d:%d)"
                .formatted(
                    entry.key(), first.key(), first.origin().line(), first.origin().column()));
        continue;
      }
      var oneof = field.getRealContainingOneof();
      var other = oneof == null ? null : chosen.putIfAbsent(oneof, entry.key());
      if (other != null) {
        add(entry.origin(), "\"%s\" beside \"%s\" (expected: one)".formatted(entry.key(), other));
        continue;
      }
      value(entry.value(), field);
    }
  }

  private void unknownField(Tree.Entry entry, Descriptor type) {
    var names = type.getFields().stream().map(FieldDescriptor::getName).toList();
    var meant =
        Spelling.nearest(entry.key(), names)
            .map(name -> " (did you mean \"" + name + "\"?)")
            .orElse("");
    // "inline_string:x" is one word: a blank is missing, and x may be a secret.
    int colon = entry.key().indexOf(':');
    var word = colon < 0 ? entry.key() : entry.key().substring(0, colon + 1) + "…";
    add(entry.origin(), "unknown field \"%s\" in %s%s".formatted(word, type.getFullName(), meant));
  }

  private void value(Tree tree, FieldDescriptor field) {
    if (tree.isNothing()) {
      return;
    }
    if (field.isMapField()) {
      if (tree instanceof Tree.Mapping mapping) {
        var value = field.getMessageType().findFieldByName("value");
        mapping.entries().forEach(entry -> mapValue(entry, field, value));
      } else {
        misshapen(tree, field, "a mapping");
      }
    } else if (field.isRepeated()) {
      if (tree instanceof Tree.Sequence sequence) {
        sequence.elements().forEach(element -> element(element, field));
      } else {
        misshapen(tree, field, "a list");
      }
    } else if (hasFields(field)) {
      message(tree, field.getMessageType());
    } else {
      single(tree, field, field, tree.json());
    }
  }

  private void mapValue(Tree.Entry entry, FieldDescriptor map, FieldDescriptor value) {
    if (hasFields(value)) {
      message(entry.value(), value.getMessageType());
      return;
    }
    var object = new JsonObject();
    object.add(entry.key(), entry.value().json());
    single(entry.value(), map, value, object);
  }

  private void element(Tree tree, FieldDescriptor field) {
    if (tree.isNothing()) {
      misshapen(tree, field, "a value");
      return;
    }
    if (hasFields(field)) {
      message(tree, field.getMessageType());
      return;
    }
    var array = new JsonArray();
    array.add(tree.json());
    single(tree, field, field, array);
  }

  private static boolean hasFields(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && (Schema.isAny(field.getMessageType()) || !Schema.isWellKnown(field.getMessageType()));
  }

  /**
   * Does this one value fit this one field?
   *
   * @param field the list or map that it is in, or its own
   * @param one what it is there
   * @param value with the list or the map around it
   */
  private void single(Tree tree, FieldDescriptor field, FieldDescriptor one, JsonElement value) {
    var expected = JsonForm.of(one);
    if (!(tree instanceof Tree.Scalar) && !expected.isOfMany()) {
      misshapen(tree, field, expected.text());
      return;
    }
    var object = new JsonObject();
    object.add(field.getName(), value);
    try {
      schema.merge(object, DynamicMessage.newBuilder(field.getContainingType()));
    } catch (InvalidProtocolBufferException e) {
      // The parser tells of an unknown name, but not of the known ones.
      var said =
          one.getJavaType() == FieldDescriptor.JavaType.ENUM
              ? "%s (expected: %s)".formatted(tree.json(), expected.text())
              : e.getMessage();
      add(tree.origin(), field.getName() + ": " + said);
    }
  }

  /** What stands there is not repeated: it may be a secret that stands one level too high. */
  private void misshapen(Tree tree, FieldDescriptor field, String expected) {
    add(tree.origin(), "%s: %s (expected: %s)".formatted(field.getName(), tree.kind(), expected));
  }

  private void probe(Tree tree, Descriptor type) {
    try {
      schema.merge(tree.json(), DynamicMessage.newBuilder(type));
    } catch (InvalidProtocolBufferException e) {
      add(tree.origin(), String.valueOf(e.getMessage()));
    }
  }

  private void add(Origin origin, String message) {
    found.add(Problem.error(origin, message));
  }
}
