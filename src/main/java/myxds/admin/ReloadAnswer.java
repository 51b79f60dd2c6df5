package myxds.admin;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;

/** Reads the newest files and answers when they were judged. */
record ReloadAnswer(AdminServer.Acting acting) {
  /** To read and judge a large configuration takes a while, a stuck disk for ever. */
  private static final long MOST_SECONDS = 120;

  Reply to(byte[] body) {
    try {
      var state = acting.reload().orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join();
      return Reply.json(
          Lists.list("groups", state.groups().values().stream(), ReloadAnswer::group));
    } catch (CompletionException e) {
      return Reply.problem(
          503, "Service Unavailable", "the files were not read and judged within two minutes");
    }
  }

  private static JsonObject group(GroupState group) {
    var json = new JsonObject();
    json.addProperty("name", group.name());
    json.addProperty("state", group.standing().word());
    json.add("version", version(group));
    return json;
  }

  private static JsonElement version(GroupState group) {
    GroupSnapshot served = group.served();
    return served == null ? JsonNull.INSTANCE : new JsonPrimitive(served.version());
  }
}
