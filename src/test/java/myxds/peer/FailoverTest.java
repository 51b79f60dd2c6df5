package myxds.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import myxds.Main;
import myxds.TestDaemon;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An Envoy with the bootstrap of two replicas: it moves to the second, and back to the first. */
final class FailoverTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** In every resource, so that a response with one of them shows by its size. */
  private static final int FILLER = 8000;

  private static final String FILLED =
      "metadata: {filter_metadata: {filler: {text: " + "x".repeat(FILLER) + "}}}\n";

  @TempDir Path folder;
  private final int port = TestDaemon.freePort();

  @ParameterizedTest
  @CsvSource({
    "ADS_SOTW, ''",
    "ADS_DELTA, --delta",
    "GRPC_PER_TYPE, --per-type",
    "DELTA_PER_TYPE, --per-type --delta",
    "REST, --rest"
  })
  void followsTheReplicaThatLives(Protocol protocol, String options) throws Exception {
    try (var upstream = Upstream.answering("world");
        var first = replica("first", protocol, upstream);
        var second = replica("second", protocol, upstream);
        var envoy = RealEnvoy.start(bootstrap(protocol, options, first, second), folder)) {
      answers("/hello", envoy);
      var before = changes(envoy);
      // On a slow machine the first may not answer its first health check in time.
      boolean isPreferred = asked(first) > 0;
      var used = isPreferred ? first : second;
      var other = isPreferred ? second : first;

      used.kill();
      moved(protocol, other, before, envoy);
      used.start();
      await().atMost(SOON).until(() -> envoy.stat("cluster.xds_cluster.membership_healthy") == 2);
      other.kill();
      moved(protocol, used, before, envoy);

      write("first", "/hey");
      write("second", "/hey");
      answers("/hey", envoy);
    }
  }

  /** Waits until Envoy has asked this one for everything, which changes nothing in it. */
  private static void moved(
      Protocol protocol, DaemonProcess to, Map<String, Long> before, RealEnvoy envoy)
      throws Exception {
    long killed = System.nanoTime();
    for (var type : new String[] {"clusters", "endpoints", "listeners", "routes"}) {
      await()
          .atMost(SOON)
          .until(() -> to.meter("myxds_requests_total", "type=\"" + type + "\"") > 0);
    }
    long bytes = to.meter("myxds_response_bytes_total", "");
    System.out.printf(
        "failover, %s: after %.1f s, with %d bytes%n",
        protocol.label(), (System.nanoTime() - killed) / 1e9, bytes);
    assertThat(changes(envoy)).isEqualTo(before).containsEntry("listener_added", 1L);
    if (protocol == Protocol.ADS_DELTA || protocol == Protocol.DELTA_PER_TYPE) {
      assertThat(bytes).isLessThan(FILLER);
    }
  }

  private DaemonProcess replica(String name, Protocol protocol, Upstream upstream)
      throws IOException {
    return DaemonProcess.ready(config(name, protocol, upstream).root());
  }

  private ConfigFolder config(String replica, Protocol protocol, Upstream upstream)
      throws IOException {
    var config = folder(replica);
    config.write("listener", Resources.listener(port, protocol) + FILLED);
    config.write("cluster", Resources.cluster(protocol) + FILLED);
    config.write("endpoints", Resources.endpoints(upstream.port()) + "    " + FILLED);
    write(replica, "/hello");
    return config;
  }

  private ConfigFolder folder(String replica) {
    return ConfigFolder.in(folder.resolve(replica));
  }

  private void write(String replica, String prefix) throws IOException {
    folder(replica).write("route", Resources.route(prefix) + FILLED);
  }

  private String bootstrap(
      Protocol protocol, String options, DaemonProcess first, DaemonProcess second)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of("bootstrap", "--node", "node1"));
    for (var daemon : List.of(first, second)) {
      words.addAll(List.of("--xds", "127.0.0.1:" + daemon.port(protocol)));
    }
    words.addAll(List.of(options.split(" ")));
    words.removeIf(String::isEmpty);
    return printed(words);
  }

  private static String printed(List<String> words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(java(), "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(words);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void answers(String path, RealEnvoy envoy) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(RealEnvoy.through(port, path)).as(envoy::log).isEqualTo("200 world"));
  }

  private static long asked(DaemonProcess daemon) {
    return daemon.meter("myxds_requests_total", "");
  }

  private static Map<String, Long> changes(RealEnvoy envoy) throws Exception {
    var changes = new TreeMap<String, Long>();
    for (var name : new String[] {"listener_added", "listener_modified", "listener_removed"}) {
      changes.put(name, envoy.stat("listener_manager." + name));
    }
    for (var name : new String[] {"cluster_added", "cluster_modified", "cluster_removed"}) {
      changes.put(name, envoy.stat("cluster_manager." + name));
    }
    return changes;
  }
}
