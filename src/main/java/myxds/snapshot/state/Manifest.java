package myxds.snapshot.state;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;

/**
 * What one published state of a group consists of.
 *
 * @param version of the state
 * @param files hashes of what each file of the configuration gave to it, by the file's path
 * @param leftOut what was served too and is not kept
 */
record Manifest(
    String group,
    String version,
    Instant publishedAt,
    SortedMap<String, String> files,
    List<ResourceId> leftOut) {
  private static final int FORMAT = 1;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  Manifest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    leftOut = List.copyOf(leftOut);
  }

  byte[] bytes() {
    var json = new JsonObject();
    json.addProperty("format", FORMAT);
    json.addProperty("group", group);
    json.addProperty("version", version);
    json.addProperty("published_at", publishedAt.toString());
    json.add("files", GSON.toJsonTree(files));
    var ids = new JsonArray();
    leftOut.forEach(id -> ids.add(json(id)));
    json.add("left_out", ids);
    return GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The manifest that was written so.
   *
   * @param bytes as {@link #bytes} of any version of this program
   * @return empty if it is of another format
   */
  static Optional<Manifest> of(byte[] bytes) {
    var json = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
    if (json.get("format").getAsInt() != FORMAT) {
      return Optional.empty();
    }
    var files = new TreeMap<String, String>();
    json.getAsJsonObject("files")
        .asMap()
        .forEach((file, sha) -> files.put(file, sha.getAsString()));
    return Optional.of(
        new Manifest(
            json.get("group").getAsString(),
            json.get("version").getAsString(),
            Instant.parse(json.get("published_at").getAsString()),
            files,
            json.getAsJsonArray("left_out").asList().stream().map(Manifest::id).toList()));
  }

  private static JsonObject json(ResourceId id) {
    var json = new JsonObject();
    json.addProperty("type", id.type().typeUrl());
    json.addProperty("name", id.name());
    return json;
  }

  private static ResourceId id(JsonElement element) {
    var json = element.getAsJsonObject();
    return new ResourceId(
        ResourceType.of(json.get("type").getAsString()), json.get("name").getAsString());
  }
}
