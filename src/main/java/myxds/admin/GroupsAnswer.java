package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.fleet.NodeState;
import myxds.gate.Links;
import myxds.resource.ResourceId;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.PublishedState;
import myxds.snapshot.Versioned;

/** The groups, what each holds, and how their nodes stand. */
final class GroupsAnswer {
  private final AdminServer.Facts facts;

  GroupsAnswer(AdminServer.Facts facts) {
    this.facts = facts;
  }

  Reply all(Ask ask) {
    var fresh = ask.parameter("fresh").orElse("false");
    if (!Set.of("true", "false").contains(fresh)) {
      return ask.wrong("fresh", "true or false");
    }
    return fresh.equals("true")
        ? Judged.reply(facts.fresh().get(), state -> Reply.json(all(state)))
        : Reply.json(all(facts.state().get()));
  }

  private JsonObject all(PublishedState state) {
    var nodes = GroupNodes.of(facts);
    var json =
        Lists.list(
            "groups",
            state.groups().values().stream(),
            group -> Lists.group(group, nodes.of(group.name())));
    json.addProperty("trouble", state.trouble());
    return json;
  }

  Reply one(Ask ask) {
    var name = ask.named().getFirst();
    return facts
        .state()
        .get()
        .group(name)
        .map(group -> Reply.json(whole(group)))
        .orElseGet(() -> Reply.problem(404, "Not Found", "there is no group " + name));
  }

  private JsonObject whole(GroupState group) {
    var json = Lists.group(group, GroupNodes.of(facts).of(group.name()));
    json.add("resources", group.served() == null ? new JsonArray() : resources(group.served()));
    return json;
  }

  private JsonArray resources(GroupSnapshot snapshot) {
    var all = snapshot.types().values().stream().flatMap(view -> view.all().stream()).toList();
    var links = Links.of(all.stream().map(Versioned::resource).toList(), facts.schema());
    var used = links.used();
    var array = new JsonArray();
    all.forEach(one ->
        array.add(
            resource(one, links.references().getOrDefault(one.resource().id(), List.of()), used)));
    return array;
  }

  private static JsonObject resource(
      Versioned one, List<ResourceId> references, Set<ResourceId> used) {
    var origin = one.resource().origin();
    var json = new JsonObject();
    json.addProperty("type", one.resource().type().plural());
    json.addProperty("name", one.name());
    json.addProperty("version", one.version());
    json.addProperty("file", origin.file());
    json.add("line", origin.line() == 0 ? JsonNull.INSTANCE : new JsonPrimitive(origin.line()));
    json.add(
        "column", origin.column() == 0 ? JsonNull.INSTANCE : new JsonPrimitive(origin.column()));
    json.addProperty("used", used.contains(one.resource().id()));
    var array = new JsonArray();
    for (var reference : references) {
      var to = new JsonObject();
      to.addProperty("type", reference.type().plural());
      to.addProperty("name", reference.name());
      array.add(to);
    }
    json.add("references", array);
    return json;
  }

  /** How many are there, in whatever state. */
  static int connected(Map<NodeState, Integer> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey() != NodeState.GONE)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
