package myxds.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import myxds.TestDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Envoy rejects what the check of a bootstrap or of scoped routes reports as an error. */
final class RequestsOfTheBootstrapTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SCOPE =
      "- {\"@type\": type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration, %s}\n";
  private static final String KEY = "key: {fragments: [{string_key: tenant}]}";
  private static final String TABLE = "route_configuration: {name: r}";

  @TempDir Path folder;

  @Test
  void rejectsAResourceThatUsesAdsWhereThereIsNone() throws Exception {
    var config = ConfigFolder.in(folder);
    config.write("cluster", Resources.cluster(Protocol.ADS_SOTW));
    config.write("endpoints", Resources.endpoints(1));

    try (var daemon = TestDaemon.ready(config.root());
        var envoy = RealEnvoy.start(Protocol.GRPC_PER_TYPE.bootstrap(daemon), folder)) {
      await().atMost(SOON).until(() -> envoy.stat("cluster_manager.cds.update_rejected") > 0);

      assertThat(envoy.log()).contains("ADS must be configured");
    }
  }

  @Test
  void doesNotStartWithALocalClusterThatIsNotStatic() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("envoy.yaml"),
            "node: {id: node1, cluster: c}\ncluster_manager: {local_cluster_name: blue}\n");
    var envoy =
        new ProcessBuilder(
                EnvoyBinary.require().toString(), "--mode", "validate", "-c", file.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(envoy.getInputStream().readAllBytes(), UTF_8))
        .contains("local cluster 'blue' must be defined");
    assertThat(envoy.waitFor()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: a, " + KEY + " | name: b, key: {fragments: [{string_key: b}]} | update_rejected",
        "name: a, "
            + KEY
            + ", "
            + TABLE
            + " | name: b, "
            + KEY
            + ", "
            + TABLE
            + " | update_rejected",
        "name: a, "
            + KEY
            + ", "
            + TABLE
            + " | name: b, key: {fragments: [{string_key: b}]}, "
            + TABLE
            + " | update_success"
      })
  void rejectsScopesThatHaveNoRoutesOrShareAKey(String one, String other, String stat)
      throws Exception {
    var scopes =
        Files.writeString(
            folder.resolve("scopes.yaml"),
            "resources:\n" + SCOPE.formatted(one) + SCOPE.formatted(other));
    var bootstrap =
        """
        node: {id: node1, cluster: c}
        static_resources:
          listeners:
          - name: web
            address: {socket_address: {address: 127.0.0.1, port_value: 0}}
            filter_chains:
            - filters:
              - name: http
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  stat_prefix: web
                  scoped_routes:
                    name: scopes
                    scope_key_builder: {fragments: [{header_value_extractor: {name: x-t, index: 0}}]}
                    scoped_rds: {scoped_rds_config_source: {path_config_source: {path: %s}}}
                  http_filters:
                  - name: router
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
        """
            .formatted(scopes);

    try (var envoy = RealEnvoy.start(bootstrap, folder)) {
      await().atMost(SOON).until(() -> envoy.stat("http.web.scoped_rds.scopes." + stat) > 0);
    }
  }
}
