package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import myxds.TestDaemon;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An Envoy's reason for a NACK quotes the whole resource when a field rule is violated; nothing of
 * its secrets is kept or shown anywhere.
 */
final class NackSecretsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "MARK-1";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REST")
  void showsNothingOfTheSecretsThatAnEnvoyQuotes(Protocol protocol) throws Exception {
    var config = ConfigFolder.in(folder);
    config.write("listener", listener());
    try (var daemon = DaemonProcess.ready(config.root());
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon.port(protocol)), folder)) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(daemon.printed()).as(envoy::log).contains(" nacked node=node1"));

      var nacked = daemon.printed().lines().filter(line -> line.contains(" nacked ")).toList();
      System.out.println("a NACK that quotes a secret, %s: %s".formatted(protocol.label(), nacked));
      assertThat(envoy.log()).contains(SECRET);
      assertHides(daemon.printed());
      assertHides(daemon.clientStatus());
      assertHides(daemon.admin("/api/v1/nodes/node1"));
      assertHides(daemon.admin("/api/v1/nodes"));
      assertHides(daemon.types("status", "--node", "node1").out());
      await().atMost(SOON).untilAsserted(() -> assertHides(refusals()));
      assertThat(daemon.admin("/metrics")).doesNotContain(SECRET);
      assertThat(daemon.admin("/api/v1/changes")).doesNotContain(SECRET);
      assertThat(daemon.admin("/api/v1/problems")).doesNotContain(SECRET);
    }
  }

  private static void assertHides(String shown) {
    assertThat(shown).contains("[redacted]").doesNotContain(SECRET, "25 % of");
  }

  /** Envoy knows no such command, and quotes the value of the header. */
  private static String listener() {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: listener
    address: {socket_address: {address: 127.0.0.1, port_value: %d}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: ingress
          route_config:
            name: route
            request_headers_to_add:
            - header: {key: authorization, value: 'Bearer MARK-1 25 %% of %%'}
            virtual_hosts: []
          http_filters:
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """
        .formatted(TestDaemon.freePort());
  }

  /** What is kept of refusals; the states that are kept hold their secrets, as they must. */
  private String refusals() throws IOException {
    try (var files = Files.walk(folder.resolve("state"))) {
      var file = files.filter(each -> each.endsWith("refusals.json")).findFirst().orElseThrow();
      return Files.readString(file);
    }
  }
}
