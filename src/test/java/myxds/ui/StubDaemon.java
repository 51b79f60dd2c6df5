package myxds.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import myxds.admin.PageFiles;
import myxds.admin.PageFiles.PageFile;

/**
 * Serves the page as the admin server does, with its own headers, before an API that says what a
 * test wants it to say. Each request has a thread of its own.
 */
final class StubDaemon implements AutoCloseable {

  /** A request as a test sees it. */
  record Asked(String method, String path, String query, String body) {}

  /** What it is answered. */
  record Answer(int status, String type, String body) {

    static Answer json(Object json) {
      return new Answer(200, "application/json", json.toString());
    }

    static Answer problem(int status, String detail) {
      var problem = new JsonObject();
      problem.addProperty("title", "No");
      problem.addProperty("status", status);
      problem.addProperty("detail", detail);
      return new Answer(status, "application/problem+json", problem.toString());
    }
  }

  private final Map<String, PageFile> files = PageFiles.all();
  private final Map<String, Function<Asked, Answer>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private volatile boolean silent;

  StubDaemon() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
    answer("/readyz", asking -> new Answer(200, "text/plain", "ok\n"));
    answer("/api/v1/nodes/node1", asking -> Answer.json(fixture("node")));
    answer("/api/v1/snapshot", asking -> Answer.json(fixture("snapshot")));
    answer("/api/v1/groups/edge", asking -> Answer.json(fixture("group")));
    answer("/api/v1/groups/lab", asking -> Answer.json(fixture("held")));
    answer("/api/v1/changes/12", asking -> Answer.json(fixture("change")));
    for (var list : List.of("nodes", "groups", "problems", "changes")) {
      answer("/api/v1/" + list, asking -> Answer.json(fixture(list)));
    }
  }

  /** What is at a path from now on. */
  void answer(String path, Function<Asked, Answer> answer) {
    answers.put(path, answer);
  }

  String url(String hash) {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), hash);
  }

  /** What was asked at a path until now. */
  List<Asked> asked(String path) {
    return asked.stream().filter(asking -> asking.path.equals(path)).toList();
  }

  /** Tells every page that looks. */
  void tell(String event, String data) {
    for (var stream : streams) {
      write(stream, "event: %s\ndata: %s\n\n".formatted(event, data));
    }
  }

  /** How many pages hear what is told. */
  int hearing() {
    return streams.size();
  }

  /** Is there no more, but for the page's files. */
  void fallSilent() throws IOException {
    silent = true;
    for (var stream : streams) {
      stream.close();
    }
  }

  void comeBack() {
    silent = false;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  static JsonObject fixture(String name) {
    var file = name + ".json";
    try (var in = StubDaemon.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing");
      }
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fixture that has one empty list. */
  static JsonObject none(String list) {
    var json = new JsonObject();
    json.add(list, new JsonArray());
    return json;
  }

  private void serve(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var file = files.get(uri.getPath());
    PageFiles.headers().forEach(exchange.getResponseHeaders()::set);
    if (file != null) {
      file.headers().forEach(exchange.getResponseHeaders()::set);
      send(exchange, 200, file.body());
    } else if (silent) {
      exchange.close();
    } else if (uri.getPath().equals("/api/v1/events")) {
      events(exchange);
    } else {
      api(exchange);
    }
  }

  private void api(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var query = uri.getQuery() == null ? "" : uri.getQuery();
    var asking = new Asked(exchange.getRequestMethod(), uri.getPath(), query, body);
    asked.add(asking);
    var answer =
        answers
            .getOrDefault(
                asking.path, no -> Answer.problem(404, "there is nothing at " + asking.path))
            .apply(asking);
    exchange.getResponseHeaders().set("Content-Type", answer.type);
    send(exchange, answer.status, answer.body);
  }

  private void events(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    var stream = exchange.getResponseBody();
    write(stream, ": hello\n\n");
    streams.add(stream);
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(OutputStream stream, String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      streams.remove(stream);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
