package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import myxds.fleet.ConnectedNode;
import myxds.resource.Problem;
import myxds.resource.ProblemJson;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.PublishedState;
import org.jspecify.annotations.Nullable;

/** The API's lists. What is not known is null: an empty text or a 0 would look like a value. */
final class Lists {
  private Lists() {}

  static JsonObject groups(PublishedState state, List<ConnectedNode> nodes) {
    return list(
        "groups",
        state.groups().values().stream(),
        group -> group(group, count(group.name(), nodes)));
  }

  static JsonObject nodes(List<ConnectedNode> nodes) {
    return list("nodes", nodes.stream(), Lists::node);
  }

  static JsonObject problems(PublishedState state) {
    var json = ProblemJson.all(state.problems());
    if (state.trouble() != null) {
      // An empty list says that what is on disk is what is served: nobody knows that now.
      json.getAsJsonArray("problems").add(trouble(state.trouble()));
    }
    return json;
  }

  static <T> JsonObject list(String key, Stream<T> elements, Function<T, JsonElement> element) {
    var array = new JsonArray();
    elements.map(element).forEach(array::add);
    var json = new JsonObject();
    json.add(key, array);
    return json;
  }

  static long count(String group, List<ConnectedNode> nodes) {
    return nodes.stream().filter(node -> node.group().equals(group)).count();
  }

  private static JsonObject group(GroupState group, long nodes) {
    var json = new JsonObject();
    json.addProperty("name", group.name());
    json.addProperty("state", group.standing().word());
    json.add("version", orNull(group.served(), GroupSnapshot::version));
    json.add("published_at", orNull(group.publishedAt(), Object::toString));
    json.addProperty("nodes", nodes);
    json.add("types", group.served() == null ? new JsonObject() : types(group.served()));
    return json;
  }

  private static JsonObject types(GroupSnapshot snapshot) {
    var types = new JsonObject();
    snapshot
        .types()
        .forEach((type, resources) -> {
          var json = new JsonObject();
          json.addProperty("version", snapshot.version(type));
          json.addProperty("count", resources.size());
          types.add(type.plural(), json);
        });
    return types;
  }

  private static JsonObject node(ConnectedNode node) {
    var json = new JsonObject();
    json.addProperty("id", node.id());
    json.addProperty("cluster", node.cluster());
    json.addProperty("group", node.group());
    json.addProperty("envoy", node.envoy());
    json.addProperty("address", node.address());
    json.addProperty("connected_at", node.connectedAt().toString());
    var transports = new JsonArray();
    node.transports().forEach(transports::add);
    json.add("transports", transports);
    return json;
  }

  private static JsonObject trouble(String trouble) {
    var json = new JsonObject();
    for (var unknown : List.of("group", "file", "line", "column")) {
      json.add(unknown, JsonNull.INSTANCE);
    }
    json.addProperty("severity", Problem.Severity.ERROR.word());
    json.addProperty("message", trouble);
    json.add("resource", JsonNull.INSTANCE);
    return json;
  }

  private static <T> JsonElement orNull(@Nullable T value, Function<T, String> text) {
    return value == null ? JsonNull.INSTANCE : new JsonPrimitive(text.apply(value));
  }
}
