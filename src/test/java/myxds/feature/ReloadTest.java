package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import myxds.TestDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a daemon to read its files now. */
final class ReloadTest {
  private static final String CLUSTER =
      "\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster\nname: %s\n";

  @TempDir Path config;

  @Test
  void answersWhenTheNewestFilesAreServed() throws IOException {
    write("node1/a.yaml", CLUSTER.formatted("one"));
    try (var daemon = TestDaemon.ready(config)) {
      write("node1/a.yaml", CLUSTER.formatted("two"));

      var answer = daemon.post("/api/v1/reload", "");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(daemon.fetch("clusters", "{\"node\":{\"id\":\"node1\"}}").body())
          .contains("\"two\"");
    }
  }

  @Test
  void answersWhenTheNewestFilesAreRefused() throws IOException {
    write("node1/a.yaml", CLUSTER.formatted("one"));
    try (var daemon = TestDaemon.ready(config)) {
      write("node1/a.yaml", "nonsense: [");

      var answer = daemon.post("/api/v1/reload", "");

      assertThat(answer.body()).contains("\"name\":\"node1\",\"state\":\"degraded\"");
    }
  }

  private void write(String path, String text) throws IOException {
    var file = config.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
