package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a running daemon that serves one cluster. */
final class ReloadTest {
  @TempDir private Path config;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(config.resolve("edge"));
    write(
        "edge/a.yaml", "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: a}");
    write("my-xds.yaml", "on_nack: keep\n");
    daemon = TestDaemon.ready(config);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void printsThatNothingChanged() {
    assertThat(reload()).isZero();

    assertThat(out.toString()).isEqualTo("nothing changed\n");
  }

  @Test
  void printsWhatChangedAndWhatNeedsARestart() throws IOException {
    write("my-xds.yaml", "on_nack: ignore\ngrpc: {gate_timeout: 3s}\n");

    // The daemon may have seen the change before the command: then it is in effect already.
    assertThat(reload()).isZero();

    assertThat(out.toString())
        .contains("needs a restart: grpc.gate_timeout from 15s to 3s\n")
        .matches("(?s)(changed: on_nack from keep to ignore\n)?needs a restart: [^\n]*\n");
    assertThat(reload("-o", "json")).isZero();
    assertThat(JsonParser.parseString(out.toString()).getAsJsonObject().get("need_restart"))
        .isEqualTo(
            JsonParser.parseString(
                "[{\"key\": \"grpc.gate_timeout\", \"from\": \"15s\", \"to\": \"3s\"}]"));
  }

  @Test
  void printsAGroupThatIsNotServedFromItsNewestFiles() throws IOException {
    write("edge/a.yaml", "nonsense: [");

    assertThat(reload()).isZero();

    assertThat(out.toString()).isEqualTo("group edge is degraded (see /api/v1/problems)\n");
  }

  @Test
  void printsWhyTheFilesCannotBeRead(@TempDir Path away) throws IOException {
    // A settings file that is gone with all others is a fault of its own.
    Files.delete(config.resolve("my-xds.yaml"));
    assertThat(reload()).isZero();

    Files.move(config, away.resolve("config"));

    assertThat(reload()).isEqualTo(1);

    assertThat(out.toString()).contains("the files cannot be read: ");
    Files.move(away.resolve("config"), config);
    assertThat(reload()).isZero();
  }

  @Test
  void printsTheLocationOfAFaultAndKeepsTheSettings() throws IOException {
    write("my-xds.yaml", "default_group: edge\non_nack: kep\n");

    assertThat(reload()).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .endsWith(
            "my-xds.yaml:2:10: error: on_nack is \"kep\" (expected: keep, ignore or"
                + " {rollback: {share: 30%}}); the settings in effect stay\n");
    assertThat(daemon.fetch("clusters", "{\"node\": {\"id\": \"x\"}}").statusCode()).isEqualTo(503);

    write("my-xds.yaml", "default_group: edge\n");

    assertThat(reload()).isZero();
    await()
        .until(
            () -> daemon.fetch("clusters", "{\"node\": {\"id\": \"x\"}}").body().contains("\"a\""));
  }

  private int reload(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var all = new ArrayList<>(List.of("reload", "--admin", admin()));
    all.addAll(List.of(arguments));
    return Commands.commandLine(Object.class, CommandLineTest.NO_PARTS)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String admin() {
    return "http://127.0.0.1:" + daemon.adminPort();
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(config.resolve(path), text);
  }
}
