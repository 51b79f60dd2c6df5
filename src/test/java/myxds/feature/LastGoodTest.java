package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import myxds.TestDaemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was published before a stop, at a start without a good configuration. */
final class LastGoodTest {
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s}\n";
  private static final String SECRET =
      """
      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
      name: s
      generic_secret: {secret: {inline_string: hidden}}
      """;
  private static final String ASK = "{\"node\": {\"id\": \"node1\"}}";

  @TempDir private Path folder;
  private Path config;
  private Path file;

  @BeforeEach
  void publish() throws IOException {
    config = folder.resolve("config");
    file = Files.createDirectories(config.resolve("node1")).resolve("a.yaml");
    Files.writeString(file, CLUSTER.formatted("one"));
    try (var daemon = ready(Map.of())) {
      Files.writeString(file, CLUSTER.formatted("two"));
      await().until(() -> clusters(daemon).contains("\"two\""));
    }
  }

  @Test
  void isServedInsteadOfABrokenFile() throws IOException {
    Files.writeString(file, "{broken");

    try (var daemon = ready(Map.of())) {
      assertThat(clusters(daemon)).contains("\"two\"");
      assertThat(daemon.get("/readyz").body())
          .isEqualTo("ok\ndegraded: group node1 is served from its last good state\n");
    }
  }

  @Test
  void isServedWithoutADirectory() throws IOException {
    Files.move(config, folder.resolve("elsewhere"));

    try (var daemon = ready(Map.of())) {
      assertThat(clusters(daemon)).contains("\"two\"");
      assertThat(daemon.get("/readyz").body()).contains("degraded: ", "does not exist");

      Files.move(folder.resolve("elsewhere"), config);
      await().until(() -> daemon.get("/readyz").body().equals("ok\n"));
    }
  }

  @Test
  void isHeldAgainstADirectoryThatIsSuddenlyEmpty() throws IOException {
    Files.delete(file);
    Files.delete(file.getParent());

    try (var daemon = ready(Map.of())) {
      assertThat(clusters(daemon)).contains("\"two\"");
      assertThat(daemon.get("/api/v1/problems").body())
          .contains("nothing is left of the group", "my-xds approve --group node1 --version ");
    }
  }

  @Test
  void hasTheVersionThatItHad() throws IOException {
    String before;
    try (var daemon = ready(Map.of())) {
      before = version(daemon);
    }
    Files.writeString(file, "{broken");

    try (var daemon = ready(Map.of())) {
      assertThat(version(daemon)).isEqualTo(before);
    }
  }

  @Test
  void hasItsSecretsFromTheSourceWhenTheyAreNotKept() throws IOException {
    Files.writeString(file, CLUSTER.formatted("three") + "---\n" + SECRET);
    ready(Map.of("state.secrets", "false")).close();
    Files.writeString(config.resolve("node1/b.yaml"), "{broken");

    try (var daemon = ready(Map.of("state.secrets", "false"))) {
      assertThat(clusters(daemon)).contains("\"three\"");
      assertThat(daemon.fetch("secrets", ASK).body()).contains("hidden");
    }
  }

  @Test
  void needsAFolderForEachDaemon() {
    try (var daemon = ready(Map.of());
        var second = start(Map.of())) {
      assertThat(second.exitCode()).isEqualTo(3);

      assertThat(second.err()).contains(" is in use by ", "--state DIR");
      assertThat(clusters(daemon)).contains("\"two\"");
    }
  }

  @Test
  void isNotKeptWhereAFileIs() throws IOException {
    var notAFolder = Files.createFile(folder.resolve("file"));

    try (var daemon = ready(Map.of("state", notAFolder.toString()))) {
      assertThat(clusters(daemon)).contains("\"two\"");
      assertThat(daemon.get("/metrics").body()).contains("\nmyxds_unsaved_states_total 1.0\n");
    }
  }

  private TestDaemon ready(Map<String, String> flags) {
    var daemon = start(flags);
    daemon.awaitReady();
    return daemon;
  }

  private TestDaemon start(Map<String, String> flags) {
    var all = new HashMap<>(Map.of("state", folder.resolve("state").toString()));
    all.putAll(flags);
    return TestDaemon.start(config, all);
  }

  private static String clusters(TestDaemon daemon) {
    return daemon.fetch("clusters", ASK).body();
  }

  private static String version(TestDaemon daemon) {
    return JsonParser.parseString(daemon.get("/api/v1/groups").body())
        .getAsJsonObject()
        .getAsJsonArray("groups")
        .get(0)
        .getAsJsonObject()
        .get("version")
        .getAsString();
  }
}
