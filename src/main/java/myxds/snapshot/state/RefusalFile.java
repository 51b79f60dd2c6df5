package myxds.snapshot.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import myxds.resource.Origin;
import myxds.resource.ResourceType;
import myxds.snapshot.KeptRefusal;
import myxds.snapshot.KeptRefusal.What;
import org.jspecify.annotations.Nullable;

/** What nodes refused, in one file. */
record RefusalFile(Path path) implements SmallFile<List<KeptRefusal>> {
  private static final int FORMAT = 1;

  @Override
  public List<KeptRefusal> read() throws IOException {
    return new JsonFile(path)
        .read(
            List.of(),
            json ->
                json.get("format").getAsInt() == FORMAT
                    ? json.getAsJsonArray("refusals").asList().stream()
                        .map(RefusalFile::refusal)
                        .toList()
                    : List.of());
  }

  @Override
  public void write(List<KeptRefusal> refusals) throws IOException {
    var list = new JsonArray();
    refusals.forEach(refusal -> list.add(json(refusal)));
    var json = new JsonObject();
    json.addProperty("format", FORMAT);
    json.add("refusals", list);
    new JsonFile(path).write(json);
  }

  private static JsonObject json(KeptRefusal refusal) {
    var json = new JsonObject();
    json.addProperty("group", refusal.group());
    json.addProperty("state", refusal.state());
    json.addProperty("node", refusal.node());
    json.addProperty("build", refusal.build());
    json.addProperty("good", refusal.good());
    add(refusal.what(), json);
    return json;
  }

  /** Adds a NACK to an object. */
  static void add(What what, JsonObject json) {
    json.addProperty("type", what.type().typeUrl());
    json.addProperty("version", what.version());
    json.addProperty("reason", what.reason());
    json.addProperty("at", what.at().toString());
    json.addProperty("inferred", what.inferred());
    json.addProperty("resource", what.resource());
    json.add("origin", origin(what.origin()));
  }

  private static JsonElement origin(@Nullable Origin origin) {
    if (origin == null) {
      return JsonNull.INSTANCE;
    }
    var json = new JsonObject();
    json.addProperty("file", origin.file());
    json.addProperty("line", origin.line());
    json.addProperty("column", origin.column());
    return json;
  }

  private static KeptRefusal refusal(JsonElement element) {
    var json = element.getAsJsonObject();
    return new KeptRefusal(
        json.get("group").getAsString(),
        json.get("state").getAsString(),
        json.get("node").getAsString(),
        json.get("build").getAsString(),
        json.get("good").getAsString(),
        what(json));
  }

  /** Reads what {@link #add} added to an object. */
  static What what(JsonObject json) {
    return new What(
        ResourceType.of(json.get("type").getAsString()),
        json.get("version").getAsString(),
        json.get("reason").getAsString(),
        Instant.parse(json.get("at").getAsString()),
        json.get("inferred").getAsBoolean(),
        json.get("resource").getAsString(),
        place(json.get("origin")));
  }

  private static @Nullable Origin place(JsonElement element) {
    if (element.isJsonNull()) {
      return null;
    }
    var json = element.getAsJsonObject();
    return new Origin(
        json.get("file").getAsString(), json.get("line").getAsInt(), json.get("column").getAsInt());
  }
}
