package myxds.snapshot.state;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import myxds.snapshot.LastGood.Withdrawn;

/**
 * Which states were taken back, in one file: {@code {"edge": {"version": "3f9a…", "why": "…"}}}.
 */
record WithdrawnFile(Path path) {
  /**
   * What is in it; nothing when there is no such file.
   *
   * @throws IOException if it cannot be read or understood
   */
  Map<String, Withdrawn> read() throws IOException {
    return new JsonFile(path).read(Map.of(), WithdrawnFile::states);
  }

  private static Map<String, Withdrawn> states(JsonObject json) {
    var withdrawn = new TreeMap<String, Withdrawn>();
    json.asMap()
        .forEach((group, value) -> {
          var state = value.getAsJsonObject();
          withdrawn.put(
              group,
              new Withdrawn(state.get("version").getAsString(), state.get("why").getAsString()));
        });
    return withdrawn;
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
    new JsonFile(path).write(json);
  }
}
