package myxds.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Which path answers what. */
final class Routes {
  /** In bytes; a node's metadata can be large, but not this large. */
  private static final int MAX_NODE = 1 << 20;

  /** In bytes; of a whole configuration. */
  private static final int MAX_FILES = 64 << 20;

  /** Stands for one part of a path, whatever it is. */
  private static final String ANY = "*";

  /** Answered by a stream, as long as there are not too many of them. */
  static final String EVENTS = "/api/v1/events";

  private final List<Route> routes = new ArrayList<>();

  /**
   * What is at a path.
   *
   * @param path its parts
   * @param method the one it knows; a path that knows GET knows HEAD
   * @param maxBody of a request, in bytes
   */
  private record Route(
      List<String> path, String method, int maxBody, BiFunction<Ask, byte[], Reply> answer) {

    boolean knows(String asked) {
      return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    String allow() {
      return method.equals("GET") ? "GET, HEAD" : method;
    }

    /** The parts that stand where it leaves the path open; empty when the path is another. */
    Optional<List<String>> match(List<String> parts) {
      if (parts.size() != path.size()) {
        return Optional.empty();
      }
      var named = new ArrayList<String>();
      for (int i = 0; i < parts.size(); i++) {
        if (path.get(i).equals(ANY)) {
          named.add(decoded(parts.get(i)));
        } else if (!path.get(i).equals(parts.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(named);
    }

    private static String decoded(String part) {
      try {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return part;
      }
    }
  }

  Routes(AdminServer.Facts facts, AdminServer.Acting acting, AdminServer.Exposition metrics) {
    new Page().replies().forEach((path, reply) -> get(path, () -> reply));
    get("/healthz", () -> Reply.text(200, "ok\n"));
    get("/readyz", () -> Health.ready(facts.state().get(), facts.accepting().getAsBoolean()));
    get(
        "/metrics",
        () -> Reply.text(200, metrics.text().get()).with("Content-Type", metrics.contentType()));
    var description = Page.file("/api/openapi.json");
    get("/api/v1/openapi.json", () -> description);
    var groups = new GroupsAnswer(facts);
    get("/api/v1/groups", groups::all);
    get("/api/v1/groups/*", groups::one);
    var changes = new ChangesAnswer(facts);
    get("/api/v1/changes", changes::all);
    get("/api/v1/changes/*", changes::one);
    var nodes = new NodesAnswer(facts);
    get("/api/v1/nodes", nodes::page);
    get("/api/v1/nodes/*", nodes::one);
    get("/api/v1/nodes/*/config_dump", new ConfigDump(facts)::of);
    get(EVENTS, () -> Reply.problem(503, "Service Unavailable", "too many listen to events"));
    get("/api/v1/problems", () -> Reply.json(Lists.problems(facts.state().get())));
    post("/v3/discovery:client_status", MAX_NODE, new ClientStatusAnswer(facts)::to);
    post("/api/v1/snapshot", MAX_NODE, new SnapshotAnswer(facts)::to);
    post("/api/v1/approve", MAX_NODE, new ApproveAnswer(acting)::to);
    post("/api/v1/reload", MAX_NODE, new ReloadAnswer(acting)::to);
    post("/api/v1/retry", MAX_NODE, new RetryAnswer(acting)::to);
    post("/api/v1/check", MAX_FILES, new CheckAnswer(facts.proposing())::to);
    post("/api/v1/diff", MAX_FILES, new DiffAnswer(facts)::to);
  }

  /** All of them, as {@code GET /api/v1/groups/*}. */
  List<String> names() {
    return routes.stream().map(route -> route.method + " " + String.join("/", route.path)).toList();
  }

  /** How large the body of a request to the path may be, in bytes. */
  int maxBody(String path) {
    var parts = parts(path);
    return routes.stream()
        .filter(route -> route.match(parts).isPresent())
        .mapToInt(Route::maxBody)
        .findFirst()
        .orElse(MAX_NODE);
  }

  /**
   * @param path as it was sent, percent-encoded
   */
  Reply answer(String method, String path, Ask ask, byte[] body) {
    var parts = parts(path);
    for (var route : routes) {
      var named = route.match(parts);
      if (named.isPresent() && route.knows(method)) {
        return route.answer.apply(ask.at(named.get()), body);
      }
      if (named.isPresent()) {
        var detail = "%s is not for %s (expected: %s)".formatted(path, method, route.allow());
        return Reply.problem(405, "Method Not Allowed", detail).with("Allow", route.allow());
      }
    }
    return Reply.problem(404, "Not Found", "there is nothing at " + path);
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  private void get(String path, Supplier<Reply> answer) {
    get(path, ask -> answer.get());
  }

  private void get(String path, Function<Ask, Reply> answer) {
    routes.add(new Route(parts(path), "GET", MAX_NODE, (ask, body) -> answer.apply(ask)));
  }

  private void post(String path, int maxBody, Function<byte[], Reply> answer) {
    routes.add(new Route(parts(path), "POST", maxBody, (ask, body) -> answer.apply(body)));
  }
}
