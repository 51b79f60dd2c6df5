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
 * An Envoy refuses a listener: it is not offered again until it is another one. REST is left out:
 * there an Envoy cannot say that it refused, and asks with the old version at each poll.
 */
final class RefusalTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String REJECTED = "listener_manager.lds.update_rejected";
  private static final int FURTHER_EDITS = 8;

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
  void offersAChangedListenerOnce(Protocol protocol) throws Exception {
    writeAll(protocol, Resources.listener(port, protocol));
    try (var daemon = TestDaemon.ready(config.root());
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
      answers("/0", envoy);

      config.write("listener", unopenable(protocol));
      awaitRefused(envoy);
      editTheRoute(envoy);

      report("a changed listener", protocol, envoy);
      assertThat(envoy.stat(REJECTED)).isEqualTo(1);
      assertThat(daemon.get("/metrics").body())
          .contains("myxds_nacks_total{type=\"listeners\"} 1.0\n");
      repair(protocol, envoy);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REST")
  void offersAFirstListenerOnce(Protocol protocol) throws Exception {
    writeAll(protocol, unopenable(protocol));
    try (var daemon = TestDaemon.ready(config.root());
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
      awaitRefused(envoy);
      await().atMost(SOON).until(envoy::isLive);
      editACluster(envoy);

      report("a first listener", protocol, envoy);
      assertThat(envoy.stat(REJECTED)).isEqualTo(1);
      repair(protocol, envoy);
    }
  }

  private void writeAll(Protocol protocol, String listener) throws IOException {
    config.write("listener", listener);
    config.write("cluster", Resources.cluster(protocol));
    config.write("endpoints", Resources.endpoints(upstream.port()));
    config.write("route", Resources.route("/0"));
  }

  /** A listener that only Envoy can find wrong: no such folder is there. */
  private String unopenable(Protocol protocol) {
    return Resources.listener(port, protocol)
        + """
        access_log:
        - name: file
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
            path: %s/none/access.log
        """
            .formatted(folder);
  }

  private static void awaitRefused(RealEnvoy envoy) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(envoy.stat(REJECTED)).as(envoy::log).isGreaterThanOrEqualTo(1));
  }

  /** Each edit is published, sent and taken: time enough to offer the listener again. */
  private void editTheRoute(RealEnvoy envoy) throws IOException {
    for (int i = 1; i <= FURTHER_EDITS; i++) {
      config.write("route", Resources.route("/" + i));
      answers("/" + i, envoy);
    }
  }

  /** The same while there is no listener, and so no route. */
  private void editACluster(RealEnvoy envoy) throws IOException {
    for (int i = 1; i <= FURTHER_EDITS; i++) {
      var timeout = i + "s";
      config.write("other", otherCluster(timeout));
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(envoy.values("dynamic_active_clusters", "connect_timeout"))
                  .as(envoy::log)
                  .containsExactly(timeout));
    }
  }

  private static String otherCluster(String timeout) {
    return """
    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
    name: other
    connect_timeout: %s
    """
        .formatted(timeout);
  }

  private void repair(Protocol protocol, RealEnvoy envoy) throws Exception {
    config.write("listener", Resources.listener(port, protocol) + "stat_prefix: repaired\n");
    config.write("route", Resources.route("/repaired"));

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(envoy.values("dynamic_listeners", "stat_prefix"))
                .as(envoy::log)
                .contains("repaired"));
    answers("/repaired", envoy);
    assertThat(envoy.stat(REJECTED)).isEqualTo(1);
  }

  private void answers(String path, RealEnvoy envoy) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(RealEnvoy.through(port, path)).as(envoy::log).isEqualTo("200 world"));
  }

  private static void report(String what, Protocol protocol, RealEnvoy envoy) throws Exception {
    System.out.println(
        "refusals of %s, %s: %d after %d further edits"
            .formatted(what, protocol.label(), envoy.stat(REJECTED), FURTHER_EDITS));
  }
}
