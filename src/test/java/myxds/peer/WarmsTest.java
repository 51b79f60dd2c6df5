package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import myxds.TestDaemon;
import myxds.diff.Effect.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is said to warm and then to replace the old one does so, and the old one serves meanwhile.
 */
final class WarmsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PATIENCE = "60s";
  private static final String WARMING_LISTENERS = "listener_manager.total_listeners_warming";
  private static final String WARMING_CLUSTERS = "cluster_manager.warming_clusters";

  @TempDir Path folder;
  private final int port = TestDaemon.freePort();
  private ConfigFolder config;
  private Upstream world;
  private Upstream mars;

  @BeforeEach
  void startUpstreams() throws IOException {
    config = ConfigFolder.in(folder);
    world = Upstream.answering("world");
    mars = Upstream.answering("mars");
  }

  @AfterEach
  void stopUpstreams() {
    world.close();
    mars.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"ADS_SOTW", "ADS_DELTA"})
  void aListenerWaitsForItsRoute(Protocol protocol) throws Exception {
    var before = Resources.listener(port, protocol.source(PATIENCE));
    var after = before.replace("route_config_name: route", "route_config_name: later");
    after += "stat_prefix: other\n";
    writeAll(before, Resources.cluster(protocol));

    try (var daemon = TestDaemon.ready(config.root(), Map.of("gate.references", "warning"));
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
      answers(envoy, "200 world");
      config.write("listener", after);
      await().atMost(SOON).until(() -> envoy.stat(WARMING_LISTENERS) == 1);
      answers(envoy, "200 world");
      assertThat(envoy.stat("listener_manager.total_listeners_draining")).isZero();

      config.write("later", Resources.route("/").replace("name: route", "name: later"));
      await().atMost(SOON).until(() -> envoy.stat(WARMING_LISTENERS) == 0);

      var effect = Foretold.effect(before, after);
      assertThat(effect.kind()).isEqualTo(Kind.DRAINS);
      assertThat(effect.detail()).startsWith("warms, then replaces the old one, which drains");
      assertThat(envoy.stat("listener_manager.total_listeners_draining")).isEqualTo(1);
    }
  }

  @Test
  void aClusterWaitsForItsEndpoints() throws Exception {
    var protocol = Protocol.ADS_SOTW;
    var source = protocol.source(PATIENCE);
    var before = Resources.cluster("backend", source);
    var after = before.replace("{eds_config", "{service_name: later, eds_config");
    writeAll(Resources.listener(port, protocol), before);

    try (var daemon = TestDaemon.ready(config.root(), Map.of("gate.references", "warning"));
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
      answers(envoy, "200 world");
      config.write("cluster", after);
      await().atMost(SOON).until(() -> envoy.stat(WARMING_CLUSTERS) == 1);
      answers(envoy, "200 world");

      config.write("later", Resources.endpoints("later", mars.port()));
      answers(envoy, "200 mars");

      var effect = Foretold.effect(before, after);
      assertThat(effect.kind()).isEqualTo(Kind.WARMS);
      assertThat(effect.detail()).endsWith("replaces the old one, whose connections drain");
      assertThat(envoy.stat("cluster.backend.upstream_cx_destroy")).isEqualTo(1);
    }
  }

  private void writeAll(String listener, String cluster) throws IOException {
    config.write("listener", listener);
    config.write("cluster", cluster);
    config.write("route", Resources.route("/"));
    config.write("endpoints", Resources.endpoints(world.port()));
  }

  private void answers(RealEnvoy envoy, String expected) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(RealEnvoy.through(port, "/")).as(envoy::log).isEqualTo(expected));
  }
}
