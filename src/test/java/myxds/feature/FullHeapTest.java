package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose configuration leaves no memory to work with. */
final class FullHeapTest {

  @Test
  void exitsWithALineThatSaysWhy(@TempDir Path folder) throws Exception {
    var group = Files.createDirectories(folder.resolve("config").resolve("node1"));
    for (int file = 0; file < 40; file++) {
      var text = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        text.append("---\n{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, ")
            .append("name: a%d-%d, alt_stat_name: %s}\n".formatted(file, i, "x".repeat(500)));
      }
      Files.writeString(group.resolve(file + ".yaml"), text);
    }

    try (var daemon = LimitedDaemon.start(folder, "true", "-Xmx64m -XX:+UseSerialGC")) {
      assertThat(daemon.exitCode()).as(daemon.log()).isEqualTo(71);
      assertThat(daemon.log()).contains("ERROR cannot go on").contains("-Xmx");
    }
  }
}
