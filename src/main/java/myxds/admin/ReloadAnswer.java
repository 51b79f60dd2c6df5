package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import myxds.resource.Problem;
import myxds.resource.ProblemJson;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.PublishedState;

/**
 * The answer to a reload: rereads the settings and the source and waits until the files were
 * judged.
 */
record ReloadAnswer(AdminServer.Acting acting) {
  Reply to(byte[] body) {
    return Judged.reply(
        acting.reload(),
        reloaded ->
            reloaded.problems().stream().anyMatch(Problem::isError)
                ? refused(reloaded.problems())
                : Reply.json(json(reloaded)));
  }

  private static Reply refused(List<Problem> problems) {
    return Reply.problem(
        422,
        "Unprocessable Content",
        "the settings are invalid; the settings in effect stay",
        ProblemJson.all(problems));
  }

  private static JsonObject json(Reloaded reloaded) {
    var json =
        Lists.list(
            "groups",
            reloaded.state().groups().values().stream(),
            group -> group(group, reloaded.before()));
    json.addProperty("trouble", reloaded.state().trouble());
    json.add("changed", changes(reloaded.changed()));
    json.add("need_restart", changes(reloaded.needRestart()));
    return json;
  }

  private static JsonArray changes(List<Reloaded.Change> changes) {
    var array = new JsonArray();
    for (var change : changes) {
      var json = new JsonObject();
      json.addProperty("key", change.key());
      json.addProperty("from", change.from());
      json.addProperty("to", change.to());
      array.add(json);
    }
    return array;
  }

  private static JsonObject group(GroupState group, PublishedState before) {
    var json = new JsonObject();
    json.addProperty("name", group.name());
    json.addProperty("state", group.standing().word());
    var version = version(group);
    json.add("version", version);
    var earlier = before.group(group.name()).map(ReloadAnswer::version);
    json.addProperty("changed", !earlier.orElse(JsonNull.INSTANCE).equals(version));
    return json;
  }

  private static JsonElement version(GroupState group) {
    GroupSnapshot served = group.served();
    return served == null ? JsonNull.INSTANCE : new JsonPrimitive(served.version());
  }
}
