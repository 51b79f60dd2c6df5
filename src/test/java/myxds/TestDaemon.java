package myxds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import myxds.cli.ServeRequest;
import myxds.cli.Watching;

/** The whole daemon in this process, on free ports of the loopback interface. */
public final class TestDaemon implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Thread thread;
  private final Map<String, String> flags;

  private TestDaemon(Map<String, String> flags) {
    this.flags = flags;
    this.thread = Thread.ofPlatform().name("daemon").start(this::run);
  }

  private void run() {
    var daemon =
        new Daemon(Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    try {
      ended.complete(daemon.serve(new ServeRequest(flags, false, null)));
    } catch (RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }

  /** The program's own xDS client, for the command that needs it. */
  public static Watching watching() {
    return new WatchRun();
  }

  /** Starts it, without waiting until it is ready. */
  public static TestDaemon start(Path config, Map<String, String> flags) {
    var all = new HashMap<String, String>();
    all.put("config", config.toString());
    all.put("state", newFolder().toString());
    for (var port : new String[] {"grpc", "rest", "admin"}) {
      all.put(port + ".port", Integer.toString(freePort()));
      all.put(port + ".address", "127.0.0.1");
    }
    all.putAll(flags);
    return new TestDaemon(all);
  }

  /** Whatever it keeps there is gone with the build's other files. */
  private static Path newFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target", "state")), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits until it is ready. */
  public static TestDaemon ready(Path config) {
    return ready(config, Map.of());
  }

  /** The same, with settings. */
  public static TestDaemon ready(Path config, Map<String, String> flags) {
    var daemon = start(config, flags);
    daemon.awaitReady();
    return daemon;
  }

  public void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .failFast("it ended", ended::isDone)
        .untilAsserted(() -> assertThat(isReady()).as(() -> err()).isTrue());
  }

  public boolean isReady() {
    return out().lines().anyMatch(line -> line.startsWith("ready "));
  }

  public int grpcPort() {
    return port("grpc");
  }

  public int restPort() {
    return port("rest");
  }

  public int adminPort() {
    return port("admin");
  }

  private int port(String name) {
    return Integer.parseInt(flags.getOrDefault(name + ".port", "0"));
  }

  /** What it printed. */
  public String out() {
    return out.toString(UTF_8);
  }

  public String err() {
    return err.toString(UTF_8);
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(port("admin"), path)).GET());
  }

  public HttpResponse<String> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(uri(port("admin"), path))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A REST discovery request, {@code types} being {@code clusters} and the like. */
  public HttpResponse<String> fetch(String types, String body) {
    return send(
        HttpRequest.newBuilder(uri(restPort(), "/v3/discovery:" + types))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The exit code, once it ended by itself. */
  public int exitCode() {
    try {
      return ended.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("still running", e);
    }
  }

  /** Stops it as SIGTERM does. */
  public void stop() {
    thread.interrupt();
    assertThat(exitCode()).isZero();
  }

  @Override
  public void close() {
    thread.interrupt();
    exitCode();
  }

  /**
   * A port that was free a moment ago, and that no system hands out by itself: those are taken by
   * the connections of whatever else runs here.
   */
  public static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
