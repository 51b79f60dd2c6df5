package myxds.admin;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a directory, as somebody sends them: a tar, or JSON. */
final class Upload {
  private static final String EXPECTED =
      "(expected: a tar of a directory, or {\"files\": {\"GROUP/a.yaml\": \"…\"}})";

  private Upload() {}

  /**
   * Their contents by their paths.
   *
   * @throws IOException if the body is neither; the message is a sentence without a full stop
   */
  static SortedMap<String, byte[]> files(byte[] body) throws IOException {
    return Tar.is(body) ? Tar.files(body) : ofJson(new String(body, StandardCharsets.UTF_8));
  }

  private static SortedMap<String, byte[]> ofJson(String text) throws IOException {
    var files = new TreeMap<String, byte[]>();
    for (var entry : members(parsed(text)).asMap().entrySet()) {
      files.put(entry.getKey(), content(entry.getKey(), entry.getValue()));
    }
    return files;
  }

  private static JsonElement parsed(String text) throws IOException {
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new IOException("the body is neither a tar nor JSON " + EXPECTED, e);
    }
  }

  private static JsonObject members(JsonElement json) throws IOException {
    if (json instanceof JsonObject object && object.get("files") instanceof JsonObject files) {
      return files;
    }
    throw new IOException("the body has no files " + EXPECTED);
  }

  private static byte[] content(String path, JsonElement value) throws IOException {
    if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
      return value.getAsString().getBytes(StandardCharsets.UTF_8);
    }
    throw new IOException(
        "files: \"%s\" is no text (expected: the file's content)".formatted(path));
  }
}
