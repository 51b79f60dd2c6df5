package myxds.peer;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import myxds.Main;
import myxds.TestDaemon;

/** The daemon as a process of its own, that can be killed and started again on its ports. */
final class DaemonProcess implements AutoCloseable {
  private final Path config;
  private final int grpcPort = TestDaemon.freePort();
  private final int restPort = TestDaemon.freePort();
  private final int adminPort = TestDaemon.freePort();
  private Process process;
  private File log = new File("none");

  private DaemonProcess(Path config, Process process) {
    this.config = config;
    this.process = process;
  }

  static DaemonProcess ready(Path config) throws IOException {
    var daemon = new DaemonProcess(config, null);
    daemon.start();
    return daemon;
  }

  int port(Protocol protocol) {
    return protocol == Protocol.REST ? restPort : grpcPort;
  }

  /** As {@code kill -9} does: nobody is told. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Kills it when this time is over; at this moment, nobody knows what it does. */
  void killAfter(Duration time) throws InterruptedException {
    if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it ended by itself");
    }
    kill();
  }

  /** A REST discovery request of node1. */
  String fetch(String types) {
    var url = "http://127.0.0.1:%d/v3/discovery:%s".formatted(restPort, types);
    return posted(url, "{\"node\": {\"id\": \"node1\"}}");
  }

  private static String posted(String url, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it and waits until it serves. */
  void start() throws IOException {
    log = newLog();
    process = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log).start();
    await()
        .atMost(Duration.ofSeconds(60))
        .failFast("it ended", () -> !process.isAlive())
        .until(() -> RealEnvoy.through(adminPort, "/readyz").startsWith("200 "));
  }

  private List<String> command() {
    var command = new ArrayList<>(java());
    command.addAll(
        List.of(
            "serve",
            "--config=" + config,
            "--state=" + config.resolveSibling("state"),
            "--grpc-port=" + grpcPort,
            "--rest-port=" + restPort,
            "--admin-port=" + adminPort));
    return command;
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  private File newLog() throws IOException {
    return Files.createTempFile(config.getParent(), "daemon", ".log").toFile();
  }

  /** What it printed since it was started last. */
  String printed() throws IOException {
    return Files.readString(log.toPath());
  }

  /** What its admin port answers. */
  String admin(String path) {
    return RealEnvoy.through(adminPort, path);
  }

  /** What it answers when it is asked for the status of all clients (CSDS). */
  String clientStatus() {
    return posted(url() + "/v3/discovery:client_status", "{}");
  }

  /** Where its admin port is. */
  String url() {
    return "http://127.0.0.1:" + adminPort;
  }

  /** Stops it as an operator does. */
  void stop() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** What a command that asks it prints, and how it ends. */
  Typed types(String... words) throws IOException, InterruptedException {
    return begin(words).end();
  }

  /** Starts a command, which logs its requests to standard error. */
  Typing begin(String... words) throws IOException {
    var command = new ArrayList<>(java());
    command.add(1, "-Djdk.httpclient.HttpClient.log=requests");
    command.addAll(List.of(words));
    command.add("--admin=" + url());
    var out = newLog();
    var err = newLog();
    var process = new ProcessBuilder(command).redirectOutput(out).redirectError(err).start();
    return new Typing(process, out.toPath(), err.toPath());
  }

  /** A command that runs. */
  record Typing(Process process, Path out, Path err) {
    /** Its requests, and what it says when the machine is slow. */
    private static final String LOGGED =
        "(?m)^\\w{3} \\d\\d, \\d{4} .* jdk\\.internal\\.net\\.http.*\\R.*\\R"
            + "|^my-xds: still waiting for the daemon at .*\\R";

    /** Returns whether the daemon has answered it. */
    boolean isAnswered() throws IOException {
      return Files.readString(err).contains("RESPONSE: ");
    }

    Typed end() throws IOException, InterruptedException {
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(process.info() + " does not end");
      }
      return new Typed(
          process.exitValue(), Files.readString(out), Files.readString(err).replaceAll(LOGGED, ""));
    }
  }

  /** What came of a command. */
  record Typed(int exit, String out, String err) {}

  /** The sum of a meter's values over all labels that match. */
  long meter(String name, String labels) {
    return Pattern.compile("^" + name + "\\{.*" + labels + ".*} (.*)$", Pattern.MULTILINE)
        .matcher(RealEnvoy.through(adminPort, "/metrics"))
        .results()
        .mapToLong(match -> (long) Double.parseDouble(match.group(1)))
        .sum();
  }

  @Override
  public void close() {
    kill();
  }
}
