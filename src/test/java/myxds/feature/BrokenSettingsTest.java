package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import myxds.TestDaemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start with a settings file that has a fault. */
final class BrokenSettingsTest {
  private static final String ASK = "{\"node\": {\"id\": \"n1\"}}";
  private static final String RULE = "groups: [{name: g1, match: {id: \"n*\"}}]\n";

  @TempDir private Path path;
  private Folder config;

  @BeforeEach
  void runOnce() throws IOException {
    config = new Folder(path.resolve("config"));
    config.settings("default_group: g1\n");
    config.write("g1/a.yaml", Folder.clusters("one"));
    try (var daemon = start(Map.of())) {
      daemon.awaitReady();
      config.settings(RULE);
      await().until(() -> daemon.get("/api/v1/problems").body().equals("{\"problems\":[]}\n"));
      assertThat(daemon.post("/api/v1/reload", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void runsWithTheSettingsThatWereInEffectLast() throws IOException {
    config.settings("nonsense: [\n");

    try (var daemon = start(Map.of())) {
      daemon.awaitReady();

      assertThat(daemon.fetch("clusters", ASK).body()).contains("one");
      assertThat(daemon.get("/readyz").body())
          .startsWith("ok\ndegraded: my-xds.yaml:2:1: error: is not YAML");
      assertThat(daemon.get("/api/v1/problems").body()).contains("the settings in effect stay");
      assertThat(daemon.err()).isEmpty();

      config.settings("{}\n");
      await().until(() -> daemon.fetch("clusters", ASK).statusCode() == 503);
      assertThat(daemon.get("/readyz").body()).isEqualTo("ok\n");
    }
  }

  @Test
  void runsWithThemWhenTheDirectoryIsEmpty() throws IOException {
    Files.move(config.path(), path.resolve("elsewhere"));
    Files.createDirectory(config.path());

    try (var daemon = start(Map.of())) {
      daemon.awaitReady();

      assertThat(daemon.fetch("clusters", ASK).body()).contains("one");
      assertThat(daemon.get("/readyz").body())
          .contains("degraded: my-xds.yaml: error: is missing, as is everything else");
    }
  }

  @Test
  void runsWithoutThemWhenOnlyTheFileIsDeleted() throws IOException {
    Files.delete(config.settings());

    try (var daemon = start(Map.of())) {
      daemon.awaitReady();

      assertThat(daemon.fetch("clusters", ASK).statusCode()).isEqualTo(503);
      assertThat(daemon.get("/api/v1/problems").body()).isEqualTo("{\"problems\":[]}\n");
    }
  }

  @Test
  void reportsNothingWhenThereNeverWasAFile() throws IOException {
    var empty = Files.createDirectory(path.resolve("empty"));
    var flags = Map.of("config", empty.toString());
    try (var daemon = start(flags)) {
      daemon.awaitReady();
    }

    try (var daemon = start(flags)) {
      daemon.awaitReady();

      assertThat(daemon.get("/api/v1/problems").body()).isEqualTo("{\"problems\":[]}\n");
      assertThat(daemon.get("/readyz").body()).isEqualTo("ok\n");
    }
  }

  @Test
  void doesNotReportRulesBeforeItKnowsTheFolders() throws IOException {
    Files.move(config.path(), path.resolve("elsewhere"));

    try (var daemon = start(Map.of())) {
      daemon.awaitReady();
      await().until(() -> daemon.get("/api/v1/problems").body().contains("does not exist"));

      assertThat(daemon.get("/api/v1/problems").body()).doesNotContain("has no folder");
    }
  }

  @Test
  void refusesAFlagThatIsWrong() throws IOException {
    config.settings("nonsense: [\n");

    try (var daemon = start(Map.of("grpc.port", "many"))) {
      assertThat(daemon.exitCode()).isEqualTo(2);
      assertThat(daemon.err()).contains("--grpc-port: grpc.port is \"many\"", "my-xds.yaml:2:1: ");
    }
  }

  @Test
  void refusesToStartWhenNoSettingsAreKnown() throws IOException {
    config.settings("nonsense: [\n");

    try (var daemon = start(Map.of("state", path.resolve("other").toString()))) {
      assertThat(daemon.exitCode()).isEqualTo(2);
      assertThat(daemon.err()).contains("my-xds.yaml:2:1: is not YAML");
    }
  }

  private TestDaemon start(Map<String, String> flags) {
    var all = new HashMap<>(Map.of("state", path.resolve("state").toString()));
    all.putAll(flags);
    return TestDaemon.start(config.path(), all);
  }
}
