package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signals of a daemon in a process of its own. */
final class SignalsTest {
  @TempDir private Path path;
  private Folder config;
  private LimitedDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    config = new Folder(path.resolve("config"));
    config.settings("on_nack: keep\n");
    config.write("g1/a.yaml", Folder.clusters("one"));
    daemon = LimitedDaemon.start(path, "true", "");
    daemon.awaitReady();
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void reloadsOnHangup() throws IOException, InterruptedException {
    config.settings("on_nack: never\n");
    signal("HUP");
    awaitLog("reloaded changed=[] need-restart=[] faults=1");

    config.settings("grpc.gate_timeout: 3s\n");
    signal("HUP");
    awaitLog("need-restart=[grpc.gate_timeout] faults=0");
  }

  @Test
  void ignoresUser1AndEndsOnTerm() throws IOException, InterruptedException {
    signal("USR1");
    awaitLog("ignored signal=SIGUSR1");

    signal("TERM");

    assertThat(daemon.exitCode()).isZero();
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = List.of("kill", "-" + name, Long.toString(daemon.pid()));
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
  }

  private void awaitLog(String text) {
    await()
        .failFast(() -> assertThat(daemon.isAlive()).as(() -> printed()).isTrue())
        .until(() -> printed().contains(text));
  }

  private String printed() {
    try {
      return daemon.log();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
