package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import myxds.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a new user runs it: a process, a real Envoy, a curl. */
final class DemoPeerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path home;

  @Test
  void answersFollowsAnEditRefusesABrokenOneAndOutlivesTheControlPlane() throws Exception {
    var demo = start();
    try {
      int port = Integer.parseInt(said("curl localhost:(\\d+)/hello", demo));
      assertThat(RealEnvoy.through(port, "/hello")).isEqualTo("200 world");
      var listener = home.resolve(".demo/config/node1/listener.yaml");
      edit(listener, "prefix: /hello", "prefix: /h");
      await().until(() -> RealEnvoy.through(port, "/h").startsWith("404 "));

      edit(listener, "prefix: /h", "prefix: /hello\n              prefxi: /x");
      said("refused group=node1 at=node1/listener.yaml:(\\d+):15", demo);
      ProcessHandle.of(Long.parseLong(said("only the control plane: kill (\\d+)", demo)))
          .orElseThrow()
          .destroy();
      said("(The control plane ended)", demo);

      assertThat(RealEnvoy.through(port, "/hello")).isEqualTo("200 world");
    } finally {
      demo.destroy();
      assertThat(demo.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(demo.exitValue()).isZero();
  }

  private Process start() throws IOException {
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dmyxds.home=" + home,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "demo");
    command.environment().put("ENVOY", EnvoyBinary.require().toString());
    return command.redirectErrorStream(true).redirectOutput(home.resolve("out").toFile()).start();
  }

  /** The first group of what it will have said soon. */
  private String said(String pattern, Process demo) {
    return await()
        .atMost(PATIENCE)
        .failFast("the demo ended", () -> !demo.isAlive())
        .until(() -> find(pattern), found -> !found.isEmpty());
  }

  private String find(String pattern) throws IOException {
    var matcher = Pattern.compile(pattern).matcher(Files.readString(home.resolve("out")));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static void edit(Path file, String from, String to) throws IOException {
    Files.writeString(file, Files.readString(file).replace(from, to));
  }
}
