package myxds.snapshot.state;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import myxds.snapshot.LastGood.Withdrawn;

/**
 * Which states were taken back, in one file: {@code {"edge": {"version": "3f9a…", "why": "…"}}}.
 */
record WithdrawnFile(Path path) {
  private static final Gson GSON = new Gson();

  /**
   * What is in it; nothing when there is no such file.
   *
   * @throws IOException if it cannot be read or understood
   */
  Map<String, Withdrawn> read() throws IOException {
    var withdrawn = new TreeMap<String, Withdrawn>();
    if (!Files.exists(path)) {
      return withdrawn;
    }
    try {
      JsonParser.parseString(Files.readString(path))
          .getAsJsonObject()
          .asMap()
          .forEach((group, value) -> {
            var json = value.getAsJsonObject();
            withdrawn.put(
                group,
                new Withdrawn(json.get("version").getAsString(), json.get("why").getAsString()));
          });
      return withdrawn;
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new CorruptFile(path, "it is not what was written");
    }
  }

  void write(Map<String, Withdrawn> states) throws IOException {
    var json = new JsonObject();
    new TreeMap<>(states)
        .forEach((group, state) -> {
          var one = new JsonObject();
          one.addProperty("version", state.version());
          one.addProperty("why", state.why());
          json.add(group, one);
        });
    Disk.write(Map.of(path, GSON.toJson(json).getBytes(StandardCharsets.UTF_8)));
  }
}
