package myxds.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import myxds.resource.Problem;

/** SARIF 2.1.0, which code hosts and editors read. */
final class Sarif {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private Sarif() {}

  static JsonObject log(List<Problem> problems, Paths paths) {
    var rules = new TreeSet<String>();
    var results = new JsonArray();
    for (var problem : problems) {
      rules.add(rule(problem));
      results.add(result(problem, paths));
    }
    var run = new JsonObject();
    run.add("tool", object("driver", driver(rules)));
    run.add("results", results);
    run.addProperty("columnKind", "unicodeCodePoints");
    var log = new JsonObject();
    log.addProperty("$schema", SCHEMA);
    log.addProperty("version", "2.1.0");
    log.add("runs", list(run));
    return log;
  }

  private static JsonObject driver(Set<String> rules) {
    var ids = new JsonArray();
    rules.forEach(rule -> ids.add(text("id", rule)));
    var driver = text("name", "my-xds");
    driver.add("rules", ids);
    return driver;
  }

  /** Problems are of what they are found in. */
  private static String rule(Problem problem) {
    return problem.resource() == null ? "file" : problem.resource().type().plural();
  }

  private static JsonObject result(Problem problem, Paths paths) {
    var result = text("ruleId", rule(problem));
    result.addProperty("level", problem.severity().word());
    result.add("message", text("text", problem.message()));
    result.add("locations", list(object("physicalLocation", location(problem, paths))));
    return result;
  }

  private static JsonObject location(Problem problem, Paths paths) {
    var origin = problem.origin();
    var location = object("artifactLocation", text("uri", paths.uri(problem)));
    if (origin.line() > 0) {
      var region = new JsonObject();
      region.addProperty("startLine", origin.line());
      if (origin.column() > 0) {
        region.addProperty("startColumn", origin.column());
      }
      location.add("region", region);
    }
    return location;
  }

  private static JsonObject text(String key, String value) {
    var json = new JsonObject();
    json.addProperty(key, value);
    return json;
  }

  private static JsonObject object(String key, JsonObject value) {
    var json = new JsonObject();
    json.add(key, value);
    return json;
  }

  private static JsonArray list(JsonObject one) {
    var list = new JsonArray();
    list.add(one);
    return list;
  }
}
