package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The control plane dies without a word and comes back: an Envoy has nothing to change. */
final class RestartTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  /** In every resource, so that a response with one of them shows by its size. */
  private static final int FILLER = 8000;

  private static final String FILLED =
      "metadata: {filter_metadata: {filler: {text: " + "x".repeat(FILLER) + "}}}\n";

  @TempDir Path folder;
  private ConfigFolder config;
  private final int port = TestDaemon.freePort();
  private Upstream upstream;

  @BeforeEach
  void startUpstream() throws IOException {
    config = ConfigFolder.in(folder);
    upstream = Upstream.answering("world");
  }

  @AfterEach
  void stopUpstream() {
    upstream.close();
  }

  @Test
  void saysThatItCannotKnowWhatItServedBefore() throws IOException {
    Files.createDirectories(config.root());
    Files.createFile(folder.resolve("state"));

    try (var daemon = DaemonProcess.ready(config.root())) {
      assertThat(daemon.printed())
          .contains("could not use the state folder; what was published before is not known");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADS_SOTW", "GRPC_PER_TYPE", "REST"})
  void modifiesNothing(Protocol protocol) throws Exception {
    writeAll(protocol);
    try (var daemon = DaemonProcess.ready(config.root());
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon.port(protocol)), folder)) {
      answers("/hello", envoy);
      var before = changes(envoy);

      restart(protocol, daemon, envoy);

      assertThat(changes(envoy)).isEqualTo(before).containsEntry("listener_added", 1L);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADS_DELTA", "DELTA_PER_TYPE"})
  void modifiesNothingAndResendsNothing(Protocol protocol) throws Exception {
    writeAll(protocol);
    try (var daemon = DaemonProcess.ready(config.root());
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon.port(protocol)), folder)) {
      answers("/hello", envoy);
      var before = changes(envoy);
      assertThat(daemon.meter("myxds_response_bytes_total", "")).isGreaterThan(4 * FILLER);

      restart(protocol, daemon, envoy);

      assertThat(daemon.meter("myxds_response_bytes_total", "")).isBetween(1L, FILLER - 1L);
      assertThat(changes(envoy)).isEqualTo(before).containsEntry("listener_added", 1L);
    }
  }

  /** Kills and starts it; an edit that arrives shows that Envoy has come back with everything. */
  private void restart(Protocol protocol, DaemonProcess daemon, RealEnvoy envoy)
      throws IOException {
    daemon.kill();
    assertThat(RealEnvoy.through(port, "/hello")).isEqualTo("200 world");
    daemon.start();
    awaitAsked(daemon);
    config.write("route", Resources.route("/hi"));
    answers("/hi", envoy);
    report(protocol, daemon);
  }

  private void writeAll(Protocol protocol) throws IOException {
    config.write("listener", Resources.listener(port, protocol) + FILLED);
    config.write("cluster", Resources.cluster(protocol) + FILLED);
    config.write("route", Resources.route("/hello") + FILLED);
    config.write("endpoints", Resources.endpoints(upstream.port()) + "    " + FILLED);
  }

  private void answers(String path, RealEnvoy envoy) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(RealEnvoy.through(port, path)).as(envoy::log).isEqualTo("200 world"));
  }

  /** Until Envoy has come back with every type. */
  private static void awaitAsked(DaemonProcess daemon) {
    for (var type : new String[] {"clusters", "endpoints", "listeners", "routes"}) {
      await()
          .atMost(SOON)
          .until(() -> daemon.meter("myxds_requests_total", "type=\"" + type + "\"") > 0);
    }
  }

  /** How often it has taken up or changed what traffic depends on. */
  private static Map<String, Long> changes(RealEnvoy envoy) throws Exception {
    var changes = new TreeMap<String, Long>();
    for (var name :
        new String[] {
          "listener_added", "listener_modified", "listener_removed", "listener_in_place_updated"
        }) {
      changes.put(name, envoy.stat("listener_manager." + name));
    }
    for (var name : new String[] {"cluster_added", "cluster_modified", "cluster_removed"}) {
      changes.put(name, envoy.stat("cluster_manager." + name));
    }
    return changes;
  }

  private static void report(Protocol protocol, DaemonProcess daemon) {
    System.out.println(
        "restart, %s: the new process sent %d responses, %d bytes"
            .formatted(
                protocol.label(),
                daemon.meter("myxds_responses_total", ""),
                daemon.meter("myxds_response_bytes_total", "")));
  }
}
