package myxds.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Any;
import java.util.Optional;
import java.util.regex.Pattern;
import myxds.resource.Redaction;
import myxds.resource.ResourceType;
import myxds.resource.Schema;

/** A response as one line of JSON, without its secrets. */
final class AnswerJson {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private final ResourceType type;
  private final Schema schema;
  private final Redaction redaction;

  AnswerJson(ResourceType type, Schema schema) {
    this.type = type;
    this.schema = schema;
    this.redaction = new Redaction(schema);
  }

  String line(Answer answer) {
    var json = new JsonObject();
    json.addProperty("type", type.plural());
    json.addProperty("version", answer.version());
    json.addProperty("nonce", answer.nonce());
    var resources = new JsonArray();
    answer.items().forEach(item -> resources.add(resource(item)));
    json.add("resources", resources);
    var removed = new JsonArray();
    answer.removed().forEach(removed::add);
    json.add("removed", removed);
    addIfAny(json, "versions", versions(answer));
    addIfAny(json, "errors", errors(answer));
    return escaped(GSON.toJson(json)) + "\n";
  }

  private static JsonObject versions(Answer answer) {
    var versions = new JsonObject();
    answer.items().stream()
        .filter(item -> !item.version().isEmpty())
        .forEach(item -> versions.addProperty(item.name(), item.version()));
    return versions;
  }

  private static JsonObject errors(Answer answer) {
    var errors = new JsonObject();
    answer.faults().forEach(fault -> errors.addProperty(fault.name(), fault.reason()));
    return errors;
  }

  private static void addIfAny(JsonObject json, String key, JsonObject object) {
    if (!object.isEmpty()) {
      json.add(key, object);
    }
  }

  private JsonObject resource(Answer.Item item) {
    var content = item.content();
    var json = new JsonObject();
    json.addProperty(
        "@type", content.getTypeUrl().isEmpty() ? type.typeUrl() : content.getTypeUrl());
    var fields = fields(content);
    if (fields.isPresent()) {
      fields.get().asMap().forEach(json::add);
      return json;
    }
    json.addProperty("name", item.name());
    if (!content.getValue().isEmpty()) {
      json.addProperty("not_shown", content.getValue().size() + " bytes");
    }
    return json;
  }

  /** Empty if some of it is not known to the schema: there may be secrets in that. */
  private Optional<JsonObject> fields(Any content) {
    try {
      return schema.unpack(content).map(redaction::redact).map(schema::tree);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** Those that JSON lets stand may steer a terminal all the same; here they are inside texts. */
  private static String escaped(String json) {
    return CONTROL.matcher(json).replaceAll(c -> "\\\\u%04x".formatted((int) c.group().charAt(0)));
  }
}
