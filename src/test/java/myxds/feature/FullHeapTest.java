package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.controlplane.server.DiscoveryServerCallbacks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon without memory to work with. */
final class FullHeapTest {

  @Test
  void exitsWithALineThatSaysWhy(@TempDir Path folder) throws Exception {
    new Folder(folder.resolve("config")).write("node1/a.yaml", Folder.clusters("a"));
    Files.writeString(
        Files.createDirectories(
                folder.resolve(LimitedDaemon.EXTENSIONS).resolve("META-INF/services"))
            .resolve(DiscoveryServerCallbacks.class.getName()),
        Hoarder.class.getName());
    try (var daemon = LimitedDaemon.start(folder, "true", "-Xmx96m")) {
      daemon.awaitReady();

      try (var client = RawClient.http2(daemon.port("grpc"))) {
        client.openStream(1);

        assertThat(daemon.exitCode()).as(daemon.log()).isEqualTo(71);
      }
      assertThat(daemon.log()).containsPattern("cannot go on.*\\bexit( code |=)71");
    }
  }
}
