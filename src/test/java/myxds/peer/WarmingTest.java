package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real Envoy warms a cluster whose fields changed: it goes on with the old one until it has been
 * told the endpoints again, though they are what they were. Here it would wait a minute for them.
 */
final class WarmingTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String PATIENCE = "60s";

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

  @ParameterizedTest
  @EnumSource
  void endsSoonWhenOnlyFieldsOfClustersChanged(Protocol protocol) throws Exception {
    var source = protocol.source(PATIENCE);
    config.write("listener", Resources.listener(port, source));
    config.write("route", Resources.route("/", "one"));
    config.write("one", cluster("one", source, 2), endpoints("one"));
    config.write("two", cluster("two", source, 2), endpoints("two"));
    config.write("three", cluster("three", source, 2), endpoints("three"));

    try (var daemon = TestDaemon.ready(config.root());
        var envoy = start(protocol, source, daemon)) {
      awaitTimeouts(envoy, "2s", "2s", "2s");
      await().atMost(SOON).until(() -> answer().equals("200 world"));

      config.write("one", cluster("one", source, 3), endpoints("one"));
      var oneOfThree = awaitTimeouts(envoy, "2s", "2s", "3s");

      config.write("one", cluster("one", source, 4), endpoints("one"));
      config.write("two", cluster("two", source, 4), endpoints("two"));
      config.write("three", cluster("three", source, 4), endpoints("three"));
      var allThree = awaitTimeouts(envoy, "4s", "4s", "4s");

      config.delete("three");
      config.write("two", cluster("two", source, 5), endpoints("two"));
      var oneWhileOneGoes = awaitTimeouts(envoy, "4s", "5s");

      report(protocol, oneOfThree, allThree, oneWhileOneGoes);
      assertThat(answer()).isEqualTo("200 world");
      assertThat(envoy.stat("cluster_manager.cds.update_rejected")).isZero();
    }
  }

  private RealEnvoy start(Protocol protocol, String source, TestDaemon daemon) throws IOException {
    return RealEnvoy.start(Resources.bootstrap(protocol, source, protocol.port(daemon)), folder);
  }

  private static String cluster(String name, String source, int connectTimeout) {
    return Resources.cluster(name, source) + "connect_timeout: " + connectTimeout + "s\n";
  }

  private String endpoints(String cluster) {
    return Resources.endpoints(cluster, upstream.port());
  }

  private String answer() {
    return RealEnvoy.through(port, "/");
  }

  /** Until the clusters with these timeouts, in this order, are in use and none is warming. */
  private static Duration awaitTimeouts(RealEnvoy envoy, String... timeouts) {
    long begun = System.nanoTime();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          assertThat(envoy.values("dynamic_active_clusters", "connect_timeout"))
              .as(envoy::log)
              .containsExactlyInAnyOrder(timeouts);
          assertThat(envoy.stat("cluster_manager.warming_clusters")).isZero();
        });
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static void report(
      Protocol protocol, Duration oneOfThree, Duration allThree, Duration oneWhileOneGoes) {
    System.out.println(
        "warming, %s: one of three clusters %d ms, all three %d ms, one while another goes %d ms"
            .formatted(
                protocol.label(),
                oneOfThree.toMillis(),
                allThree.toMillis(),
                oneWhileOneGoes.toMillis()));
  }
}
