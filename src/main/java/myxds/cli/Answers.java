package myxds.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the daemon's API answers, read. What is null there is empty here. */
final class Answers {
  /** People tell versions apart by fewer characters. */
  private static final int VERSION = 8;

  private Answers() {}

  static String text(JsonObject json, String key) {
    var value = json.get(key);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  static int number(JsonObject json, String key) {
    var value = json.get(key);
    return value == null || value.isJsonNull() ? 0 : value.getAsInt();
  }

  static Stream<JsonObject> objects(JsonObject json, String key) {
    return StreamSupport.stream(json.getAsJsonArray(key).spliterator(), false)
        .map(JsonElement::getAsJsonObject);
  }

  /** The beginning of a version; a dash when there is none. */
  static String version(JsonObject json, String key) {
    var version = text(json, key);
    if (version.isEmpty()) {
      return "-";
    }
    return version.length() <= VERSION ? version : version.substring(0, VERSION);
  }

  /** A time to the second. */
  static String time(JsonObject json, String key) {
    return Instant.parse(text(json, key)).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@code edge/a.yaml:12: listener web: reason}, as far as it is known. */
  static String refusal(JsonObject nacked) {
    var place = text(nacked, "file");
    var line = text(nacked, "line");
    var resource = text(nacked, "resource");
    return (place.isEmpty() ? "" : place + (line.isEmpty() ? "" : ":" + line) + ": ")
        + (resource.isEmpty() ? "" : resource + ": ")
        + text(nacked, "reason");
  }
}
