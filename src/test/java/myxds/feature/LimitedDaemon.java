package myxds.feature;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import myxds.Main;

/** A daemon in a process of its own, with limits of the operating system or the JVM. */
final class LimitedDaemon implements AutoCloseable {
  /** A folder that is on the daemon's class path, if it exists. */
  static final String EXTENSIONS = "extensions";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
  private final Path folder;
  private final Process process;

  private LimitedDaemon(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it on free ports, with the configuration {@code config} of this folder.
   *
   * @param shell runs before it, in its shell
   * @param java options of the JVM
   */
  static LimitedDaemon start(Path folder, String shell, String java) throws IOException {
    var binary = Path.of(System.getProperty("java.home"), "bin", "java");
    var command =
        """
        %s; exec '%s' %s --enable-native-access=ALL-UNNAMED -cp '%s:%s' %s serve \
        --config config --state state --grpc-port 0 --rest-port 0 --admin-port 0 \
        --ports-file ports.json
        """
            .formatted(shell, binary, java, classPath(), EXTENSIONS, Main.class.getName());
    var process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    return new LimitedDaemon(folder, process);
  }

  /** Returns the class path with absolute paths: the daemon's working directory is another one. */
  private static String classPath() {
    var parts = System.getProperty("java.class.path").split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Path.of(parts[i]).toAbsolutePath().toString();
    }
    return String.join(":", parts);
  }

  void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(90))
        .failFast("it ended", () -> !process.isAlive())
        .until(() -> Files.exists(folder.resolve("ports.json")) && log().contains("\nready "));
  }

  int port(String name) throws IOException {
    JsonObject ports =
        JsonParser.parseString(Files.readString(folder.resolve("ports.json"))).getAsJsonObject();
    return ports.get(name).getAsInt();
  }

  /** Returns the answer's status and body. */
  String get(String path) throws IOException, InterruptedException {
    return send("admin", HttpRequest.newBuilder().GET(), path);
  }

  /** Sends a REST discovery request of node1. */
  String fetch() throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofString("{\"node\": {\"id\": \"node1\"}}");
    return send("rest", HttpRequest.newBuilder().POST(body), "/v3/discovery:clusters");
  }

  private String send(String port, HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:%d%s".formatted(port(port), path));
    var answer =
        http.send(
            request.uri(uri).timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and returns the exit code. */
  int exitCode() {
    return process.onExit().orTimeout(120, TimeUnit.SECONDS).join().exitValue();
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
