package myxds.snapshot.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import myxds.snapshot.HoldCause.NodeNack;
import myxds.snapshot.HoldCause.RolledBack;
import myxds.snapshot.LastGood.Withdrawn;
import org.jspecify.annotations.Nullable;

/**
 * The states that were rolled back, in one file: {@code {"edge": {"version": "3f9a…", "why": "…",
 * "nacks": [{"node": "edge-1", "type": "…", …}]}}}.
 */
record WithdrawnFile(Path path) implements SmallFile<Map<String, Withdrawn>> {
  @Override
  public Map<String, Withdrawn> read() throws IOException {
    return new JsonFile(path).read(Map.of(), WithdrawnFile::states);
  }

  private static Map<String, Withdrawn> states(JsonObject json) {
    var withdrawn = new TreeMap<String, Withdrawn>();
    json.asMap()
        .forEach((group, value) -> {
          var state = value.getAsJsonObject();
          var cause = new RolledBack(state.get("why").getAsString(), nacks(state.get("nacks")));
          withdrawn.put(group, new Withdrawn(state.get("version").getAsString(), cause));
        });
    return withdrawn;
  }

  /** Reads the NACKs; a file of an earlier version of the program has none. */
  private static List<NodeNack> nacks(@Nullable JsonElement nacks) {
    if (nacks == null) {
      return List.of();
    }
    return nacks.getAsJsonArray().asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(nack -> new NodeNack(nack.get("node").getAsString(), RefusalFile.what(nack)))
        .toList();
  }

  @Override
  public void write(Map<String, Withdrawn> states) throws IOException {
    var json = new JsonObject();
    new TreeMap<>(states).forEach((group, state) -> json.add(group, json(state)));
    new JsonFile(path).write(json);
  }

  private static JsonObject json(Withdrawn state) {
    var nacks = new JsonArray();
    for (var nack : state.cause().nacks()) {
      var one = new JsonObject();
      one.addProperty("node", nack.node());
      RefusalFile.add(nack.what(), one);
      nacks.add(one);
    }
    var json = new JsonObject();
    json.addProperty("version", state.version());
    json.addProperty("why", state.cause().why());
    json.add("nacks", nacks);
    return json;
  }
}
