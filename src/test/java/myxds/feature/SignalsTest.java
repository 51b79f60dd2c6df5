package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myxds.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signals of a daemon in a process of its own. */
final class SignalsTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir private Path path;
  private Folder config;
  private Process daemon;
  private Path log;

  @BeforeEach
  void start() throws IOException {
    config = new Folder(path.resolve("config"));
    config.settings("on_nack: keep\n");
    config.write("g1/a.yaml", Folder.clusters("one"));
    log = path.resolve("log");
    daemon =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--config=" + config.path(),
                "--state=" + path.resolve("state"),
                "--grpc-port=0",
                "--rest-port=0",
                "--admin-port=0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitLog("ready grpc=");
  }

  @AfterEach
  void stop() throws InterruptedException {
    daemon.destroyForcibly().waitFor();
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

    assertThat(daemon.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(daemon.exitValue()).isZero();
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = List.of("kill", "-" + name, Long.toString(daemon.pid()));
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
  }

  private void awaitLog(String text) {
    await()
        .atMost(LONG)
        .failFast(() -> assertThat(daemon.isAlive()).as(() -> printed()).isTrue())
        .until(() -> printed().contains(text));
  }

  private String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
