package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import myxds.TestDaemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon asks a real Envoy before it publishes. */
final class EnvoyGateTest {
  private static final String ROUTES =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: routes
      virtual_hosts:
      - name: all
        domains: ["*"]
        routes: [{match: {safe_regex: {regex: "%s"}}, route: {cluster: %s}}]
      """;
  private static final String LISTENER =
      """
      "@type": type.googleapis.com/envoy.config.listener.v3.Listener
      name: inline
      address: {socket_address: {address: 127.0.0.1, port_value: 8001}}
      filter_chains:
      - filters:
        - name: http
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
            stat_prefix: http
            route_config:
              virtual_hosts:
              - {name: all, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: own}}]}
            http_filters:
            - name: router
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
      """;
  private static final String BOOTSTRAP =
      "static_resources: {clusters: [{name: own, type: STATIC, load_assignment: {cluster_name: own}}]}";

  @TempDir private Path folder;
  private Path group;

  @BeforeEach
  void write() throws IOException {
    group = Files.createDirectories(folder.resolve("config/node1"));
    Files.writeString(folder.resolve("envoy.yaml"), BOOTSTRAP);
    Files.writeString(group.resolve("r.yaml"), ROUTES.formatted("/a", "own"));
    Files.writeString(group.resolve("l.yaml"), LISTENER);
  }

  @Test
  void andServesWhatItServedWhenThatRefuses() throws IOException {
    try (var daemon = daemon(Map.of("bootstrap", folder.resolve("envoy.yaml").toString()))) {
      assertThat(routes(daemon)).contains("\"/a\"");
      Files.writeString(group.resolve("r.yaml"), ROUTES.formatted("/b((", "own"));

      await()
          .untilAsserted(() ->
              assertThat(daemon.get("/api/v1/problems").body())
                  .contains("\"file\":\"node1/r.yaml\",\"line\":6,\"column\":41")
                  .contains("Envoy refuses it: missing ): /b(("));
      assertThat(routes(daemon)).contains("\"/a\"");
    }
  }

  @Test
  void whichMindsNoMissingClusterThatTheSettingsDoNot() throws IOException {
    Files.delete(group.resolve("l.yaml"));

    try (var daemon = daemon(Map.of("gate.references", "warning"))) {
      assertThat(daemon.get("/api/v1/problems").body())
          .contains("there is no Cluster \\\"own\\\"")
          .doesNotContain("Envoy refuses it");
      assertThat(routes(daemon)).contains("\"/a\"");
    }
  }

  @Test
  void andLeavesNothingOfItBehindWhenItIsStopped() throws IOException {
    var asked = folder.resolve("asked");
    var script = Files.createFile(folder.resolve("envoy"));
    Files.writeString(
        script, "#!/bin/sh\nfor file; do :; done\necho $file > %s\nsleep 600\n".formatted(asked));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

    try (var daemon =
        TestDaemon.start(
            folder.resolve("config"),
            Map.of("gate.envoy", script.toString(), "gate.references", "warning"))) {
      await().until(() -> Files.exists(asked) && Files.size(asked) > 0);
      daemon.stop();
    }

    assertThat(Path.of(Files.readString(asked).strip())).doesNotExist();
  }

  private TestDaemon daemon(Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("gate.envoy", EnvoyBinary.require().toString());
    return TestDaemon.ready(folder.resolve("config"), all);
  }

  private static String routes(TestDaemon daemon) {
    return daemon.fetch("routes", "{\"node\":{\"id\":\"node1\"}}").body();
  }
}
