package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import myxds.TestDaemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state folder cannot be written, or is gone, while the daemon runs. */
final class UnsavedStateTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path path;
  private Folder config;
  private Path state;

  @BeforeEach
  void make() throws IOException {
    config = new Folder(path.resolve("config"));
    state = path.resolve("state");
    config.write("g1/a.yaml", Folder.clusters("one"));
  }

  @Test
  void isSavedWhenThereIsRoom() throws IOException {
    try (var daemon = ready()) {
      var obstacle = Files.createFile(only(state).resolve("groups/g2"));
      config.write("g2/a.yaml", Folder.clusters("two"));

      await().until(() -> problems(daemon).contains("not kept for the next start"));
      assertThat(problems(daemon)).contains("\"group\":\"g2\"", "saving is tried again");
      assertThat(daemon.get("/readyz").body())
          .startsWith("ok\ndegraded: g2/: error: published, but not kept for the next start");
      assertThat(clusters(daemon, "g2")).contains("two");
      assertThat(metric(daemon)).isEqualTo("myxds_unsaved_states_total 1.0");
      config.write("g2/a.yaml", Folder.clusters("two", "three"));
      await().until(() -> metric(daemon).equals("myxds_unsaved_states_total 2.0"));

      Files.delete(obstacle);
      await().atMost(LONG).until(() -> problems(daemon).equals("{\"problems\":[]}\n"));
      assertThat(daemon.get("/readyz").body()).isEqualTo("ok\n");
      assertThat(metric(daemon)).isEqualTo("myxds_unsaved_states_total 2.0");
    }
    assertLastGood("g2", "three");
  }

  @Test
  void isSavedAgainAfterTheFolderWasDeleted() throws IOException {
    try (var daemon = ready()) {
      delete(state);

      await().atMost(LONG).until(() -> files(state).anyMatch(name -> name.endsWith(".resources")));
      await().atMost(LONG).until(() -> problems(daemon).equals("{\"problems\":[]}\n"));
      try (var second = start()) {
        assertThat(second.exitCode()).isEqualTo(3);
        assertThat(second.err()).contains(" is in use by ");
      }
    }
    assertLastGood("g1", "one");
  }

  @Test
  void isToldWhenTheFolderCannotBeHadAgain() throws IOException {
    try (var daemon = ready()) {
      delete(state);
      Files.createFile(state);

      await().atMost(LONG).until(() -> problems(daemon).contains("cannot be used"));
      assertThat(problems(daemon)).contains("the state folder " + state).contains("\"file\":null");
      assertThat(daemon.get("/readyz").body()).contains("degraded: the state folder " + state);

      Files.delete(state);
      await().atMost(LONG).until(() -> problems(daemon).equals("{\"problems\":[]}\n"));
    }
    assertLastGood("g1", "one");
  }

  @Test
  void isLeftToAnotherDaemonThatTookTheFolder() throws IOException {
    try (var daemon = ready()) {
      var aside = path.resolve("aside");
      Files.move(state, aside);
      Files.createFile(state);
      await().atMost(LONG).until(() -> problems(daemon).contains("cannot be used"));
      Files.delete(state);
      try (var second = start()) {
        await().until(() -> second.isReady() || problems(daemon).equals("{\"problems\":[]}\n"));

        // Whichever was first has it; the other one says so.
        if (second.isReady()) {
          await().atMost(LONG).until(() -> problems(daemon).contains(" is in use by "));
        } else {
          assertThat(second.exitCode()).isEqualTo(3);
        }
      }
    }
  }

  private void assertLastGood(String group, String cluster) throws IOException {
    config.write(group + "/a.yaml", "{broken");
    try (var daemon = ready()) {
      assertThat(clusters(daemon, group)).contains("\"" + cluster + "\"");
    }
  }

  private TestDaemon ready() {
    var daemon = start();
    daemon.awaitReady();
    return daemon;
  }

  private TestDaemon start() {
    return TestDaemon.start(config.path(), Map.of("state", state.toString()));
  }

  private static String problems(TestDaemon daemon) {
    return daemon.get("/api/v1/problems").body();
  }

  private static String clusters(TestDaemon daemon, String node) {
    return daemon.fetch("clusters", "{\"node\": {\"id\": \"%s\"}}".formatted(node)).body();
  }

  private static String metric(TestDaemon daemon) {
    return daemon
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("myxds_unsaved_states_total"))
        .findFirst()
        .orElseThrow();
  }

  private static Path only(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.findFirst().orElseThrow();
    }
  }

  private static Stream<String> files(Path folder) {
    if (!Files.exists(folder)) {
      return Stream.of();
    }
    try (var all = Files.walk(folder)) {
      return all.map(Path::toString).toList().stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (var walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (var file : all) {
      Files.delete(file);
    }
  }
}
