package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import myxds.TestDaemon;
import myxds.gate.conflict.Certified;
import myxds.gate.conflict.Conflicts;
import myxds.resource.Document;
import myxds.resource.Finding;
import myxds.resource.Problem.Severity;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of conflicts is what a real Envoy does. */
final class ConflictTest {
  private static final Schema SCHEMA = Schema.ofApi();

  @TempDir Path folder;

  static Stream<ConflictRow> rows() {
    return Stream.of(ConflictRows.all(), HttpConflictRows.all(), CertificateRows.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithEnvoy(ConflictRow row) throws Exception {
    var findings = findings(row.yaml());
    var envoy = validate(row.yaml());

    assertThat(severities(findings)).as("%s", findings).containsExactlyElementsOf(expected(row));
    assertThat(envoy.isEmpty()).as(envoy).isEqualTo(row.verdict() != ConflictRow.Verdict.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 1"})
  void overlappingAddressesNeedAPortThatIsReused(boolean reused, int failures) throws Exception {
    int port = TestDaemon.freePort();
    var bootstrap =
        """
        static_resources:
          clusters: [{name: c, type: STATIC}]
          listeners:
          - name: all
            enable_reuse_port: %b
            address: {socket_address: {address: 0.0.0.0, port_value: %d}}
            filter_chains: &chains
            - filters:
              - name: t
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                  stat_prefix: t
                  cluster: c
          - name: one
            address: {socket_address: {address: 127.0.0.1, port_value: %d}}
            filter_chains: *chains
        """
            .formatted(reused, port, port);

    try (var envoy = RealEnvoy.start(bootstrap, folder)) {
      await()
          .untilAsserted(() ->
              assertThat(envoy.stat("listener_manager.total_listeners_active"))
                  .isEqualTo(2 - failures));
      assertThat(envoy.stat("listener_manager.listener_create_failure")).isEqualTo(failures);
    }
    assertThat(findings(bootstrap)).hasSize(2 * failures);
  }

  private static List<Severity> expected(ConflictRow row) {
    return switch (row.verdict()) {
      case REFUSED, BROKEN -> List.of(Severity.ERROR);
      case USELESS -> List.of(Severity.WARNING);
      case ACCEPTED -> List.of();
    };
  }

  private static List<Severity> severities(List<Finding> findings) {
    return findings.stream().map(Finding::severity).distinct().sorted().toList();
  }

  private static List<Finding> findings(String yaml) {
    var parsed = new ResourceParser(SCHEMA).parse(new Document("g/a.yaml", yaml));
    assertThat(parsed.problems()).filteredOn(problem -> problem.isError()).isEmpty();
    var conflicts =
        new Conflicts(
            SCHEMA, InstantSource.fixed(Certified.NOW), file -> false, Duration.ofDays(30));
    return conflicts.find(parsed.resources()).stream().map(one -> one.finding()).toList();
  }

  /** What Envoy has against it; empty when nothing. */
  private String validate(String yaml) throws Exception {
    var file = Files.writeString(folder.resolve("envoy.yaml"), yaml);
    var process =
        new ProcessBuilder(
                EnvoyBinary.require().toString(), "--mode", "validate", "-c", file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : said;
  }
}
