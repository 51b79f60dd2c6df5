package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real Envoy that has nothing but what this daemon tells it: listener, route, cluster, endpoints.
 */
final class EnvoyTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final int port = TestDaemon.freePort();
  private Upstream world;
  private Upstream mars;

  @BeforeEach
  void startUpstreams() throws IOException {
    world = Upstream.answering("world");
    mars = Upstream.answering("mars");
  }

  @AfterEach
  void stopUpstreams() {
    world.close();
    mars.close();
  }

  @ParameterizedTest
  @EnumSource
  void followsEveryEditAndOutlivesTheControlPlane(Protocol protocol) throws Exception {
    EnvoyBinary.require();
    write("listener", Resources.listener(port, protocol));
    write("cluster", Resources.cluster(protocol));
    write("route", Resources.route("/hello"));
    write("endpoints", Resources.endpoints(world.port()));

    try (var daemon = TestDaemon.ready(folder.resolve("config"));
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
      answers("/hello", "200 world", envoy);

      write("route", Resources.route("/hi"));
      answers("/hi", "200 world", envoy);

      write("endpoints", Resources.endpoints(mars.port()));
      answers("/hi", "200 mars", envoy);

      write("route", "resources: [{broken");
      await().until(() -> daemon.get("/api/v1/problems").body().contains("route.yaml"));
      answers("/hi", "200 mars", envoy);

      daemon.stop();
      answers("/hi", "200 mars", envoy);
      assertThat(envoy.stat("listener_manager.lds.update_rejected")).isZero();
      assertThat(envoy.stat("cluster_manager.cds.update_rejected")).isZero();
    }
  }

  private void answers(String path, String expected, RealEnvoy envoy) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(RealEnvoy.through(port, path)).as(() -> envoy.log()).isEqualTo(expected));
  }

  private void write(String name, String text) throws IOException {
    var group = Files.createDirectories(folder.resolve("config/node1"));
    Files.writeString(group.resolve(name + ".yaml"), text);
  }
}
