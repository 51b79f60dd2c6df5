package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import myxds.ProtoFiles;
import myxds.TestDaemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Envoy 1.40 has {@code DirectResponseAction.body_format} and {@code RouteMatch.cookies}; the api
 * jar has neither. Given a schema that has them, they are in effect in a real Envoy: one that did
 * not get the first would answer with an empty body, and one that did not get the second would take
 * the first route for every request.
 */
final class SchemaTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String ROUTE =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: route
      virtual_hosts:
      - name: all
        domains: ["*"]
        routes:
        - match: {prefix: /, cookies: [{name: moon, string_match: {exact: full}}]}
          direct_response: {status: 418}
        - match: {prefix: /}
          direct_response:
            status: 200
            body_format: {text_format_source: {inline_string: "%REQ(:PATH)% seen"}}
      """;

  @TempDir Path folder;
  private ConfigFolder config;
  private final int port = TestDaemon.freePort();

  @BeforeEach
  void requireEnvoy() {
    EnvoyBinary.require();
    config = ConfigFolder.in(folder);
  }

  @ParameterizedTest
  @EnumSource
  void bringsAFieldThatIsNewerThanTheApi(Protocol protocol) throws Exception {
    config.write("listener", Resources.listener(port, protocol));
    config.write("route", ROUTE);

    try (var daemon = TestDaemon.start(config.root(), Map.of("schema", schema()))) {
      daemon.awaitReady();
      try (var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
        await()
            .atMost(SOON)
            .untilAsserted(() ->
                assertThat(RealEnvoy.through(port, "/moon"))
                    .as(envoy::log)
                    .isEqualTo("200 /moon seen"));
      }
    }
  }

  @Test
  void doesNotTakeItWithoutASchema() throws IOException {
    config.write("route", ROUTE);

    try (var daemon = TestDaemon.start(config.root(), Map.of())) {
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(daemon.get("/api/v1/problems").body())
                  .contains("unknown field \\\"cookies\\\"", "unknown field \\\"body_format\\\""));
    }
  }

  private String schema() throws IOException {
    var bytes = ProtoFiles.newer().bytes().toByteArray();
    return Files.write(folder.resolve("newer.binpb"), bytes).toString();
  }
}
