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
import org.jspecify.annotations.Nullable;

/**
 * Finds where a tree does not fit its message. The JSON parser knows what fits but not where it
 * stood; so it is asked again, value by value, while the tree is walked beside the descriptor.
 */
final class FieldLocator {
  private final Schema schema;
  private final List<Problem> found = new ArrayList<>();

  /** Below a field that holds a secret nothing is quoted. */
  private boolean secret;

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
    } else if (isWellKnown(type)) {
      probe(tree, tree.json(), type, Wanted.of(type));
    } else if (tree instanceof Tree.Mapping mapping) {
      fields(mapping.entries(), type);
    } else if (!isNothing(tree)) {
      add(tree.origin(), tree.kind() + " (expected: the fields of " + type.getFullName() + ")");
    }
  }

  private void any(Tree tree) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      add(tree.origin(), tree.kind() + " (expected: a mapping with \"@type\")");
      return;
    }
    var url = mapping.text("@type");
    if (url == null) {
      add(tree.origin(), "no \"@type\" (expected: type.googleapis.com/…)");
      return;
    }
    var inner = schema.message(url).map(Message::getDescriptorForType);
    if (inner.isEmpty()) {
      found.add(unknownType(mapping, url, schema));
    } else if (!url.contains("/")) {
      add(place(mapping), "@type \"%s\" (expected: type.googleapis.com/%s)".formatted(url, url));
    } else if (isWellKnown(inner.get())) {
      mapping.without("@type").forEach(entry -> message(entry.value(), inner.get()));
    } else {
      fields(mapping.without("@type").toList(), inner.get());
    }
  }

  /** What is wrong with this {@code @type}, and the one that was probably meant. */
  static Problem unknownType(Tree.Mapping mapping, String url, Schema schema) {
    var meant = schema.nearest(url).map(name -> " (did you mean \"" + name + "\"?)").orElse("");
    return Problem.error(
        place(mapping), schema.trouble(url).orElse("unknown @type \"" + url + "\"" + meant));
  }

  private static Origin place(Tree.Mapping mapping) {
    var type = mapping.get("@type");
    return type == null ? mapping.origin() : type.origin();
  }

  private void fields(List<Tree.Entry> entries, Descriptor type) {
    Map<OneofDescriptor, String> chosen = new HashMap<>();
    Map<FieldDescriptor, String> seen = new HashMap<>();
    for (var entry : entries) {
      var field = field(type, entry.key());
      if (field == null) {
        unknownField(entry, type);
        continue;
      }
      var oneof = field.getRealContainingOneof();
      var other = oneof == null ? null : chosen.putIfAbsent(oneof, entry.key());
      if (other != null) {
        add(entry.origin(), "\"%s\" beside \"%s\" (expected: one)".formatted(entry.key(), other));
        continue;
      }
      var same = seen.putIfAbsent(field, entry.key());
      if (same != null) {
        add(entry.origin(), "\"%s\" is \"%s\" (expected: one)".formatted(entry.key(), same));
        continue;
      }
      boolean outside = secret;
      secret |= SecretFields.mayHold(field);
      value(entry.value(), field);
      secret = outside;
    }
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String key) {
    return type.getFields().stream()
        .filter(field -> field.getName().equals(key) || field.getJsonName().equals(key))
        .findFirst()
        .orElse(null);
  }

  private void unknownField(Tree.Entry entry, Descriptor type) {
    var names = type.getFields().stream().map(FieldDescriptor::getName).toList();
    var meant =
        Spelling.nearest(entry.key(), names)
            .map(name -> " (did you mean \"" + name + "\"?)")
            .orElse("");
    // "inline_string:x" is one word, the secret in it.
    var word = secret && meant.isEmpty() ? "" : " \"" + entry.key() + "\"";
    add(entry.origin(), "unknown field%s in %s%s".formatted(word, type.getFullName(), meant));
  }

  private void value(Tree tree, FieldDescriptor field) {
    if (field.isMapField() && tree instanceof Tree.Mapping mapping) {
      var value = field.getMessageType().findFieldByName("value");
      mapping.entries().forEach(entry -> mapValue(entry, field, value));
    } else if (field.isRepeated()
        && !field.isMapField()
        && tree instanceof Tree.Sequence sequence) {
      sequence.elements().forEach(element -> element(element, field));
    } else if (!field.isRepeated() && hasFields(field)) {
      message(tree, field.getMessageType());
    } else if (!field.isRepeated()) {
      probe(tree, field, tree.json());
    } else if (!isNothing(tree)) {
      var wanted = field.isMapField() ? "a mapping" : "a list";
      add(tree.origin(), new Wanted(field.getName() + ": ", wanted, false).butIs(tree));
    }
  }

  private void mapValue(Tree.Entry entry, FieldDescriptor map, FieldDescriptor value) {
    if (hasFields(value)) {
      message(entry.value(), value.getMessageType());
      return;
    }
    var object = new JsonObject();
    object.add(entry.key(), entry.value().json());
    probe(entry.value(), map, object);
  }

  private void element(Tree tree, FieldDescriptor field) {
    if (isNothing(tree)) {
      add(tree.origin(), field.getName() + ": nothing (expected: a value)");
      return;
    }
    if (hasFields(field)) {
      message(tree, field.getMessageType());
      return;
    }
    var array = new JsonArray();
    array.add(tree.json());
    probe(tree, field, array);
  }

  private static boolean hasFields(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && (Schema.isAny(field.getMessageType()) || !isWellKnown(field.getMessageType()));
  }

  /** These have a JSON form of their own, often a text: {@code 2s}. */
  private static boolean isWellKnown(Descriptor type) {
    return type.getFile().getPackage().equals("google.protobuf");
  }

  /** Does this one value fit this one field? */
  private void probe(Tree tree, FieldDescriptor field, JsonElement value) {
    var object = new JsonObject();
    object.add(field.getName(), value);
    probe(tree, object, field.getContainingType(), Wanted.of(field));
  }

  private void probe(Tree tree, JsonElement json, Descriptor type, Wanted wanted) {
    try {
      schema.merge(json, DynamicMessage.newBuilder(type));
    } catch (InvalidProtocolBufferException e) {
      // The JSON parser quotes what it found: a whole subtree, or a secret.
      boolean quotes = tree instanceof Tree.Scalar && wanted.isScalar() && !secret;
      add(tree.origin(), quotes ? wanted.prefix() + e.getMessage() : wanted.butIs(tree));
    }
  }

  private static boolean isNothing(Tree tree) {
    return tree instanceof Tree.Scalar scalar && scalar.json().isJsonNull();
  }

  private void add(Origin origin, String message) {
    found.add(Problem.error(origin, message));
  }
}
