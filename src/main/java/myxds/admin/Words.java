package myxds.admin;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody wants done: an object of texts, each of which may be left out. */
record Words(JsonObject json) {

  /** Somebody's words that are not understood; a sentence without a full stop. */
  static final class Misunderstood extends RuntimeException {
    Misunderstood(String message) {
      super(message);
    }
  }

  /**
   * @param keys that may be there
   * @throws Misunderstood if it is something else
   */
  static Words of(byte[] body, String... keys) {
    var text = new String(body, StandardCharsets.UTF_8);
    try {
      var json = text.isBlank() ? new JsonObject() : JsonParser.parseString(text);
      if (!json.isJsonObject()) {
        throw new Misunderstood("the body is no object");
      }
      var object = json.getAsJsonObject();
      if (!Set.of(keys).containsAll(object.keySet())) {
        throw new Misunderstood("the body has other keys");
      }
      return new Words(object);
    } catch (JsonParseException e) {
      throw new Misunderstood("the body is not JSON");
    }
  }

  /** What is said under the key; null when nothing. */
  @Nullable String text(String key) {
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
