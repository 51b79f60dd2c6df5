package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A listener names a route that does not exist. An Envoy that is told so waits for ever; one that
 * is told nothing waits as long as it was configured to, and then serves. REST is left out: there
 * every poll has an answer, and Envoy serves at once.
 */
final class MissingRouteTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String TIMEOUTS = "http.ingress.rds.route.init_fetch_timeout";

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
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REST")
  void leavesTheTimerOfAStartAlone(Protocol protocol) throws Exception {
    writeAllButTheRoute(protocol);
    try (var daemon = TestDaemon.ready(config.root(), Map.of("gate.references", "warning"));
        var envoy = start(protocol, daemon)) {
      long begun = System.nanoTime();
      awaitServing(envoy);

      report("at the start", protocol, begun);
      assertThat(envoy.isLive()).isTrue();
      comesLater(envoy);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REST")
  void leavesTheTimerOfALaterListenerAlone(Protocol protocol) throws Exception {
    config.write("cluster", Resources.cluster(protocol));
    config.write("endpoints", Resources.endpoints(upstream.port()));
    try (var daemon = TestDaemon.ready(config.root(), Map.of("gate.references", "warning"));
        var envoy = start(protocol, daemon)) {
      await().atMost(SOON).until(envoy::isLive);

      writeAllButTheRoute(protocol);
      long begun = System.nanoTime();
      awaitServing(envoy);

      report("later", protocol, begun);
      assertThat(envoy.stat("listener_manager.total_listeners_warming")).isZero();
      comesLater(envoy);
    }
  }

  private RealEnvoy start(Protocol protocol, TestDaemon daemon) throws IOException {
    return RealEnvoy.start(protocol.bootstrap(daemon), folder);
  }

  private void writeAllButTheRoute(Protocol protocol) throws IOException {
    config.write("cluster", Resources.cluster(protocol));
    config.write("endpoints", Resources.endpoints(upstream.port()));
    config.write("listener", Resources.listener(port, protocol.source("2s")));
  }

  /** Its timer ran out: it serves, and knows no route. */
  private void awaitServing(RealEnvoy envoy) throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(RealEnvoy.through(port, "/")).as(envoy::log).startsWith("404 "));
    assertThat(envoy.stat(TIMEOUTS)).isEqualTo(1);
  }

  private void comesLater(RealEnvoy envoy) throws IOException {
    config.write("route", Resources.route("/"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(RealEnvoy.through(port, "/")).as(envoy::log).isEqualTo("200 world"));
  }

  private static void report(String when, Protocol protocol, long begun) {
    System.out.println(
        "missing route %s, %s: served after %d ms"
            .formatted(when, protocol.label(), (System.nanoTime() - begun) / 1_000_000));
  }
}
