package myxds.resource;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;

/** Problems as the API and the commands write them. What is not known is null. */
public final class ProblemJson {
  private ProblemJson() {}

  /** {@code {"problems": […]}}. */
  public static JsonObject all(Collection<Problem> problems) {
    var array = new JsonArray();
    problems.forEach(problem -> array.add(of(problem)));
    var json = new JsonObject();
    json.add("problems", array);
    return json;
  }

  public static JsonObject of(Problem problem) {
    var origin = problem.origin();
    var json = new JsonObject();
    json.add("group", known(Document.groupOf(origin.file())));
    json.add("file", known(origin.file()));
    json.add("line", known(origin.line()));
    json.add("column", known(origin.column()));
    json.addProperty("severity", problem.severity().word());
    json.addProperty("message", problem.message());
    json.add("resource", problem.resource() == null ? JsonNull.INSTANCE : id(problem.resource()));
    return json;
  }

  private static JsonObject id(ResourceId id) {
    var json = new JsonObject();
    json.addProperty("type", id.type().plural());
    json.addProperty("name", id.name());
    return json;
  }

  private static JsonElement known(String text) {
    return text.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(text);
  }

  private static JsonElement known(int number) {
    return number == 0 ? JsonNull.INSTANCE : new JsonPrimitive(number);
  }
}
