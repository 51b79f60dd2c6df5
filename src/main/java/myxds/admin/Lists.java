package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import myxds.fleet.NodeState;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ProblemJson;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.PublishedState;
import org.jspecify.annotations.Nullable;

/** The API's lists. What is not known is null: an empty text or a 0 would look like a value. */
final class Lists {
  /** Enough to look for them. */
  private static final int SOME = 20;

  private Lists() {}

  static JsonObject problems(PublishedState state) {
    var problems = new ArrayList<>(state.allProblems());
    if (state.trouble() != null) {
      // An empty list says that what is on disk is what is served: nobody knows that now.
      problems.add(Problem.error(Origin.of(""), state.trouble()));
    }
    return ProblemJson.all(problems);
  }

  static <T> JsonObject list(String key, Stream<T> elements, Function<T, JsonElement> element) {
    var array = new JsonArray();
    elements.map(element).forEach(array::add);
    var json = new JsonObject();
    json.add(key, array);
    return json;
  }

  /** A group with how its nodes stand. */
  static JsonObject group(GroupState group, GroupNodes nodes) {
    var json = new JsonObject();
    json.addProperty("name", group.name());
    json.addProperty("state", group.standing().word());
    json.add("version", orNull(group.served(), GroupSnapshot::version));
    json.add("published_at", orNull(group.publishedAt(), Object::toString));
    json.addProperty("nodes", GroupsAnswer.connected(nodes.counts()));
    for (var state : List.of(NodeState.IN_SYNC, NodeState.BEHIND, NodeState.REFUSING)) {
      json.addProperty(state.word(), nodes.counts().getOrDefault(state, 0));
    }
    json.add("desired_version", orNull(nodes.desired(), version -> version));
    json.addProperty("awaited", nodes.awaited().size());
    json.add("awaited_nodes", NodeJson.array(nodes.awaited().stream().limit(SOME).toList()));
    json.add("held", group.held() == null ? JsonNull.INSTANCE : HeldJson.of(group.held()));
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

  private static <T> JsonElement orNull(@Nullable T value, Function<T, String> text) {
    return value == null ? JsonNull.INSTANCE : new JsonPrimitive(text.apply(value));
  }
}
