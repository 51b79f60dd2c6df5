package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import myxds.TestDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an Envoy does shows in the metrics. */
final class MetersTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final int port = TestDaemon.freePort();

  @Test
  void followAnEnvoy() throws Exception {
    var config = ConfigFolder.in(folder);
    var protocol = Protocol.ADS_DELTA;
    config.write("listener", Resources.listener(port, protocol));
    config.write("cluster", Resources.cluster(protocol));
    config.write("endpoints", Resources.endpoints(TestDaemon.freePort()));
    config.write("route", Resources.route("/0"));

    try (var daemon = TestDaemon.ready(config.root())) {
      try (var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
        shows(daemon, nodes("in_sync"), "myxds_convergence_seconds_count 0\n");

        config.write("route", Resources.route("/1"));
        shows(daemon, nodes("in_sync"), "myxds_convergence_seconds_count 1\n");

        config.write("listener", Resources.listener(port, protocol) + unopenable());
        shows(
            daemon,
            nodes("refusing"),
            "myxds_nacks_total{type=\"listeners\"} 1.0\n",
            "myxds_refusals_total{type=\"listeners\"} 1.0\n",
            "myxds_rollbacks_total 1.0\n",
            "myxds_missing_names{group=\"node1\"} 0.0\n");

        assertThat(envoy.isLive()).isTrue();
      }
      shows(daemon, nodes("gone"), "myxds_streams_open{transport=\"ads-delta\"} 0.0\n");
    }
  }

  private static String nodes(String state) {
    return "myxds_nodes{group=\"node1\",state=\"%s\"} 1.0\n".formatted(state);
  }

  private static void shows(TestDaemon daemon, String... lines) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(daemon.get("/metrics").body()).contains(lines));
  }

  /** A listener that only Envoy can find wrong: no such folder is there. */
  private String unopenable() {
    return """
    access_log:
    - name: file
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
        path: %s/none/access.log
    """
        .formatted(folder);
  }
}
