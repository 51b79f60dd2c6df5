package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import myxds.snapshot.Approval;
import org.jspecify.annotations.Nullable;

/** Publishes what is held, on somebody's word. */
record ApproveAnswer(AdminServer.Approving approving) {
  private static final String EXPECTED =
      "expected: {\"group\": \"node1\", \"version\": \"3f9a…\"}, both may be left out";

  /** To publish a large state takes a while, a stuck daemon for ever. */
  private static final long MOST_SECONDS = 60;

  /** Somebody's words that are not understood. */
  private static final class Misunderstood extends RuntimeException {
    Misunderstood(String message) {
      super(message);
    }
  }

  Reply to(byte[] body) {
    try {
      var json = object(new String(body, StandardCharsets.UTF_8));
      return reply(
          approving
              .approve(text(json, "group"), text(json, "version"))
              .orTimeout(MOST_SECONDS, TimeUnit.SECONDS)
              .join());
    } catch (Misunderstood e) {
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

  private static JsonObject object(String body) {
    try {
      var json = body.isBlank() ? new JsonObject() : JsonParser.parseString(body);
      if (!json.isJsonObject()) {
        throw new Misunderstood("the body is no object");
      }
      var object = json.getAsJsonObject();
      if (!Set.of("group", "version").containsAll(object.keySet())) {
        throw new Misunderstood("the body has other keys");
      }
      return object;
    } catch (JsonParseException e) {
      throw new Misunderstood("the body is not JSON");
    }
  }

  private static @Nullable String text(JsonObject json, String key) {
    JsonElement value = json.get(key);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (value instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw new Misunderstood("\"" + key + "\" is no text");
  }
}
