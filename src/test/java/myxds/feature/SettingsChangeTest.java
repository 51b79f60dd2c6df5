package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings file changes while the daemon runs. */
final class SettingsChangeTest {

  @TempDir private Path path;
  private Folder config;
  private TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    var groups = TwoGroups.start(path);
    config = groups.config();
    daemon = groups.daemon();
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void keepsTheSettingsInEffectWhenTheFileIsBroken() throws IOException {
    config.settings("groups: [\n");

    await().until(() -> problems().contains("\"file\":\"my-xds.yaml\",\"line\":2,\"column\":1"));
    assertThat(problems()).contains("the settings in effect stay", "\"severity\":\"error\"");
    assertThat(daemon.get("/readyz").body())
        .startsWith("ok\ndegraded: my-xds.yaml:2:1: error: is not YAML");
    assertThat(clusters("n1")).contains("one");

    config.settings(TwoGroups.rule("g2"));

    await().until(() -> clusters("n1").contains("two"));
    assertThat(problems()).isEqualTo("{\"problems\":[]}\n");
    assertThat(daemon.get("/readyz").body()).isEqualTo("ok\n");
  }

  @Test
  void keepsTheSettingsInEffectWhenTheFileIsNoFile() throws IOException {
    Files.delete(config.settings());
    Files.createDirectory(config.settings());
    await().until(() -> problems().contains("cannot be read: it is not a regular file"));

    Files.delete(config.settings());
    Files.write(config.settings(), new byte[2 << 20]);
    await().until(() -> problems().contains("is too large (expected: at most 1 MiB)"));

    assertThat(clusters("n1")).contains("one");
  }

  @Test
  void takesTheDefaultsWhenTheFileIsDeleted() throws IOException {
    Files.delete(config.settings());

    await().until(() -> daemon.fetch("clusters", ask("n1")).statusCode() == 503);
    assertThat(problems()).isEqualTo("{\"problems\":[]}\n");
  }

  @Test
  void keepsTheSettingsInEffectWhenTheWholeDirectoryIsEmptied() throws IOException {
    Files.move(config.path(), path.resolve("elsewhere"));
    Files.createDirectory(config.path());

    await().until(() -> problems().contains("is missing, as is everything else"));
    assertThat(clusters("n1")).contains("one");
  }

  @Test
  void takesAMountedFileThatIsSwapped() throws IOException {
    config.write("..1/my-xds.yaml", TwoGroups.rule("g1"));
    config.write("..2/my-xds.yaml", TwoGroups.rule("g2"));
    Files.createSymbolicLink(config.path().resolve("..data"), Path.of("..1"));
    Files.delete(config.settings());
    Files.createSymbolicLink(config.settings(), Path.of("..data/my-xds.yaml"));
    assertThat(daemon.post("/api/v1/reload", "").statusCode()).isEqualTo(200);
    assertThat(clusters("n1")).contains("one");

    var next = Files.createSymbolicLink(config.path().resolve("..next"), Path.of("..2"));
    Files.move(next, config.path().resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

    await().until(() -> clusters("n1").contains("two"));
  }

  @Test
  void publishesWhatIsHeldWhenTheGuardIsTurnedOff() throws IOException {
    config.write("g1/a.yaml", Folder.clusters("a", "b", "c", "d", "e"));
    await().until(() -> clusters("n1").contains("\"e\""));
    config.write("g1/a.yaml", Folder.clusters("a"));
    await().until(() -> problems().contains("held: "));

    config.settings(TwoGroups.rule("g1") + "guard: off\n");

    await().until(() -> !clusters("n1").contains("\"e\""));
    assertThat(problems()).isEqualTo("{\"problems\":[]}\n");
  }

  @Test
  void holdsWhenTheGuardIsTurnedOn() throws IOException {
    config.settings(TwoGroups.rule("g1") + "guard: off\n");
    config.write("g1/a.yaml", Folder.clusters("a", "b", "c", "d", "e"));
    await().until(() -> clusters("n1").contains("\"e\""));

    config.settings(TwoGroups.rule("g1") + "guard: on\n");
    config.write("g1/a.yaml", Folder.clusters("a"));

    await().until(() -> problems().contains("held: "));
  }

  @Test
  void judgesAgainWhenReferencesAreOnlyWarnedOf() throws IOException {
    config.write(
        "g1/l.yaml",
        """
        "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
        name: r
        virtual_hosts:
        - {name: v, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: none}}]}
        """);
    await().until(() -> daemon.get("/api/v1/groups").body().contains("degraded"));

    config.settings(TwoGroups.rule("g1") + "gate.references: warning\n");

    await().until(() -> !daemon.get("/api/v1/groups").body().contains("degraded"));
    config.settings(TwoGroups.rule("g1") + "static_clusters: [none]\n");
    await().until(() -> problems().equals("{\"problems\":[]}\n"));
  }

  @Test
  void saysWhatNeedsARestart() throws IOException {
    config.settings(TwoGroups.rule("g2") + "grpc.gate_timeout: 3s\n");

    await().until(() -> clusters("n1").contains("two"));
    assertThat(problems())
        .contains("\"line\":4", "\"severity\":\"warning\"")
        .contains("grpc.gate_timeout: 3s takes effect after a restart (in effect: 15s)");
    assertThat(daemon.get("/readyz").body()).isEqualTo("ok\n");
    assertThat(daemon.post("/api/v1/reload", "").body())
        .contains("{\"key\":\"grpc.gate_timeout\",\"from\":\"15s\",\"to\":\"3s\"}");

    config.settings(TwoGroups.rule("g2"));

    await().until(() -> problems().equals("{\"problems\":[]}\n"));
  }

  @Test
  void doesNotAskForARestartForAPortThatAFlagDecides() throws IOException {
    config.settings(TwoGroups.rule("g2") + "grpc.port: 1\n");

    await().until(() -> clusters("n1").contains("two"));
    assertThat(problems()).isEqualTo("{\"problems\":[]}\n");
  }

  @Test
  void answersAReloadWithTheFaultsOfTheFile() throws IOException {
    config.settings("on_nack: never\n");

    var answer = daemon.post("/api/v1/reload", "");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"file\":\"my-xds.yaml\",\"line\":1,\"column\":10", "on_nack is");
    assertThat(clusters("n1")).contains("one");
  }

  @Test
  void keepsTheSettingsInEffectWhenAFileThatTheyNameIsMissing() throws IOException {
    config.settings(TwoGroups.rule("g2") + "bootstrap: none.yaml\n");

    await().until(() -> problems().contains("\"line\":4,\"column\":12"));
    assertThat(problems()).contains("cannot read the bootstrap", "the settings in effect stay");
    assertThat(clusters("n1")).contains("one");
  }

  private String problems() {
    return daemon.get("/api/v1/problems").body();
  }

  private String clusters(String node) {
    return daemon.fetch("clusters", ask(node)).body();
  }

  private static String ask(String node) {
    return "{\"node\": {\"id\": \"%s\"}}".formatted(node);
  }
}
