package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import myxds.snapshot.Approval;

/** Publishes what is held, on somebody's word. */
record ApproveAnswer(AdminServer.Acting acting) {
  private static final String EXPECTED =
      "expected: {\"group\": \"node1\", \"version\": \"3f9a…\"}, both may be left out";

  /** To publish a large state takes a while, a stuck daemon for ever. */
  private static final long MOST_SECONDS = 60;

  Reply to(byte[] body) {
    try {
      var words = Words.of(body, "group", "version");
      return reply(
          acting
              .approve(words.text("group"), words.text("version"))
              .orTimeout(MOST_SECONDS, TimeUnit.SECONDS)
              .join());
    } catch (Words.Misunderstood e) {
      return Reply.problem(400, "Bad Request", e.getMessage() + " (" + EXPECTED + ")");
    } catch (CompletionException e) {
      return Reply.problem(503, "Service Unavailable", "the publisher does not answer");
    }
  }

  private static Reply reply(Approval approval) {
    return switch (approval) {
      case Approval.Approved(var versions) -> {
        var list = new JsonArray();
        versions.forEach((group, version) -> {
          var one = new JsonObject();
          one.addProperty("group", group);
          one.addProperty("version", version);
          list.add(one);
        });
        var json = new JsonObject();
        json.add("approved", list);
        yield Reply.json(json);
      }
      case Approval.NothingHeld(var why) -> Reply.problem(409, "Conflict", why);
    };
  }
}
