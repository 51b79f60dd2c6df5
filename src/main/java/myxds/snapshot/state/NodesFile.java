package myxds.snapshot.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import myxds.snapshot.KeptNode;

/**
 * The nodes that were connected, in one file: {@code {"nodes": [{"group": "edge", "id": "edge-1",
 * "clients": 1}]}}.
 */
record NodesFile(Path path) implements SmallFile<List<KeptNode>> {
  @Override
  public List<KeptNode> read() throws IOException {
    return new JsonFile(path)
        .read(
            List.of(),
            json -> json.getAsJsonArray("nodes").asList().stream().map(NodesFile::node).toList());
  }

  private static KeptNode node(JsonElement element) {
    var json = element.getAsJsonObject();
    return new KeptNode(
        json.get("group").getAsString(),
        json.get("id").getAsString(),
        json.get("clients").getAsInt());
  }

  @Override
  public void write(List<KeptNode> nodes) throws IOException {
    var list = new JsonArray();
    for (var node : nodes) {
      var one = new JsonObject();
      one.addProperty("group", node.group());
      one.addProperty("id", node.id());
      one.addProperty("clients", node.clients());
      list.add(one);
    }
    var json = new JsonObject();
    json.add("nodes", list);
    new JsonFile(path).write(json);
  }
}
