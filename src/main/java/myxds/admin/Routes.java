package myxds.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Which path answers what. */
final class Routes {
  /** In bytes; a node's metadata can be large, but not this large. */
  private static final int MAX_NODE = 1 << 20;

  /** In bytes; of a whole configuration. */
  private static final int MAX_FILES = 64 << 20;

  private final Map<String, Route> routes = new HashMap<>();

  /**
   * What is at a path.
   *
   * @param method the one it knows; a path that knows GET knows HEAD
   * @param maxBody of a request, in bytes
   * @param answer from the request's body, which only a POST has
   */
  private record Route(String method, int maxBody, Function<byte[], Reply> answer) {

    boolean knows(String asked) {
      return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    String allow() {
      return method.equals("GET") ? "GET, HEAD" : method;
    }
  }

  Routes(AdminServer.Facts facts, AdminServer.Approving approving, AdminServer.Exposition metrics) {
    new Page().replies().forEach((path, reply) -> get(path, () -> reply));
    get("/healthz", () -> Reply.text(200, "ok\n"));
    get("/readyz", () -> Health.ready(facts.state().get(), facts.accepting().getAsBoolean()));
    get(
        "/metrics",
        () -> Reply.text(200, metrics.text().get()).with("Content-Type", metrics.contentType()));
    get("/api/v1/groups", () -> Reply.json(Lists.groups(facts.state().get(), facts.nodes().get())));
    get("/api/v1/nodes", () -> Reply.json(Lists.nodes(facts.nodes().get())));
    get("/api/v1/problems", () -> Reply.json(Lists.problems(facts.state().get())));
    post("/api/v1/snapshot", MAX_NODE, new SnapshotAnswer(facts)::to);
    post("/api/v1/approve", MAX_NODE, new ApproveAnswer(approving)::to);
    post("/api/v1/check", MAX_FILES, new CheckAnswer(facts.proposing())::to);
    post("/api/v1/diff", MAX_FILES, new DiffAnswer(facts)::to);
  }

  /** How large the body of a request for this path may be, in bytes. */
  int maxBody(String path) {
    var route = routes.get(path);
    return route == null ? MAX_NODE : route.maxBody;
  }

  Reply answer(String method, String path, byte[] body) {
    var route = routes.get(path);
    if (route == null) {
      return Reply.problem(404, "Not Found", "there is nothing at " + path);
    }
    if (!route.knows(method)) {
      var detail = "%s is not for %s (expected: %s)".formatted(path, method, route.allow());
      return Reply.problem(405, "Method Not Allowed", detail).with("Allow", route.allow());
    }
    return route.answer.apply(body);
  }

  private void get(String path, Supplier<Reply> answer) {
    routes.put(path, new Route("GET", MAX_NODE, body -> answer.get()));
  }

  private void post(String path, int maxBody, Function<byte[], Reply> answer) {
    routes.put(path, new Route("POST", maxBody, answer));
  }
}
