package myxds.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import myxds.ui.StubDaemon.Answer;
import myxds.ui.StubDaemon.Asked;

/** Many nodes, {@code node-00000} and so on; every hundredth refuses. */
final class Fleet {
  private static final List<String> STATES =
      List.of("in_sync", "behind", "refusing", "unmatched", "gone");

  private final List<JsonObject> nodes;

  private Fleet(List<JsonObject> nodes) {
    this.nodes = nodes;
  }

  static Fleet of(int size) {
    var some = StubDaemon.fixture("nodes").getAsJsonArray("nodes");
    var good = some.get(0).getAsJsonObject();
    var refusing = some.get(2).getAsJsonObject();
    refusing.addProperty("group", "edge");
    return new Fleet(
        IntStream.range(0, size)
            .mapToObj(i -> {
              var node = (i % 100 == 0 ? refusing : good).deepCopy();
              node.addProperty("id", "node-%05d".formatted(i));
              return node;
            })
            .toList());
  }

  /** As the API lists them. */
  Answer answer(Asked asked) {
    var query = query(asked.query());
    var found =
        nodes.stream()
            .filter(is("group", query.getOrDefault("group", "")))
            .filter(node -> text(node, "id").contains(query.getOrDefault("q", "")))
            .toList();
    var shown = found.stream().filter(is("state", query.getOrDefault("state", ""))).toList();
    int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
    var page =
        shown.stream()
            .filter(node -> text(node, "id").compareTo(query.getOrDefault("after", "")) > 0)
            .limit(limit)
            .toList();
    var json = new JsonObject();
    var list = new JsonArray();
    page.forEach(list::add);
    json.add("nodes", list);
    json.add("counts", counts(found));
    json.addProperty("total", shown.size());
    boolean isLast = page.isEmpty() || page.getLast().equals(shown.getLast());
    json.add("next", isLast ? JsonNull.INSTANCE : new JsonPrimitive(text(page.getLast(), "id")));
    return Answer.json(json);
  }

  private static JsonObject counts(List<JsonObject> found) {
    var counts = new JsonObject();
    STATES.forEach(
        state -> counts.addProperty(state, found.stream().filter(is("state", state)).count()));
    return counts;
  }

  private static Predicate<JsonObject> is(String key, String value) {
    return node -> value.isEmpty() || text(node, key).equals(value);
  }

  private static String text(JsonObject node, String key) {
    return node.get(key).getAsString();
  }

  private static Map<String, String> query(String text) {
    return Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}
