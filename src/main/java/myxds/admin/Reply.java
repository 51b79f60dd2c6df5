package myxds.admin;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to a request, as a value. */
record Reply(int status, Map<String, String> headers, String body) {
  static final String TEXT = "text/plain; charset=utf-8";

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  static Reply of(int status, String contentType, String body) {
    return new Reply(status, Map.of(), body).with("Content-Type", contentType);
  }

  static Reply text(int status, String text) {
    return of(status, TEXT, text);
  }

  static Reply json(JsonElement json) {
    return of(200, "application/json", written(json));
  }

  /** An error, as RFC 9457 writes it. */
  static Reply problem(int status, String title, String detail) {
    return problem(status, title, detail, new JsonObject());
  }

  /**
   * An error that tells more.
   *
   * @param more further members
   */
  static Reply problem(int status, String title, String detail, JsonObject more) {
    var json = new JsonObject();
    json.addProperty("title", title);
    json.addProperty("status", status);
    json.addProperty("detail", detail);
    more.asMap().forEach(json::add);
    return of(status, "application/problem+json", written(json));
  }

  Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }

  private static String written(JsonElement json) {
    return GSON.toJson(json) + "\n";
  }
}
