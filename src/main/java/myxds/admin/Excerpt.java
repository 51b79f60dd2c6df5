package myxds.admin;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import myxds.resource.Origin;

/**
 * The lines of a file around a place. They are read when somebody asks, so they may be newer than
 * what was refused; and lines that may hold a secret are left out.
 */
final class Excerpt {
  private static final int BEFORE = 1;
  private static final int AFTER = 12;
  private static final int LONGEST = 300;

  /** Keys under which secrets stand, and what a key looks like. */
  private static final Pattern SECRET =
      Pattern.compile(
          "inline_?(string|bytes)|private_?key|password|secret|token|-----(BEGIN|END)|"
              + "^\\s*[A-Za-z0-9+/=]{40,}\\s*$",
          Pattern.CASE_INSENSITIVE);

  private Excerpt() {}

  /** Nothing if the file cannot be read. */
  static JsonArray of(Path folder, Origin origin) {
    var lines = new JsonArray();
    var file = folder.resolve(origin.file()).normalize();
    if (origin.line() == 0 || !file.startsWith(folder.normalize())) {
      return lines;
    }
    int first = Math.max(1, origin.line() - BEFORE);
    try (var text = Files.lines(file)) {
      int[] number = {first - 1};
      text.skip(first - 1L)
          .limit(BEFORE + 1L + AFTER)
          .forEach(line -> lines.add(line(++number[0], line)));
    } catch (MalformedInputException e) {
      return new JsonArray();
    } catch (IOException | UncheckedIOException e) {
      return lines;
    }
    return lines;
  }

  private static JsonObject line(int number, String line) {
    var shown = SECRET.matcher(line).find() ? "[not shown]" : line;
    var json = new JsonObject();
    json.addProperty("line", number);
    json.addProperty("text", shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…");
    return json;
  }
}
