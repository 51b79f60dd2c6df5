package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
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

/** Against a running daemon that serves one cluster, which an edit takes away. */
class ApproveTest {
  @TempDir private Path config;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;
  private TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    file = Files.createDirectories(config.resolve("edge")).resolve("a.yaml");
    Files.writeString(
        file,
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: a
        """);
    daemon = TestDaemon.ready(config);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void publishesWhatIsHeld() throws IOException {
    var version = held();

    assertThat(approve("--group", "edge", "--version", version)).isZero();

    assertThat(out.toString()).isEqualTo("published group edge version " + version + "\n");
    assertThat(group().get("state").getAsString()).isEqualTo("published");
  }

  @Test
  void printsTheAnswerAsJson() throws IOException {
    var version = held();

    assertThat(approve("-o", "json")).isZero();

    assertThat(JsonParser.parseString(out.toString()))
        .isEqualTo(
            JsonParser.parseString(
                "{\"approved\": [{\"group\": \"edge\", \"version\": \"%s\"}]}".formatted(version)));
  }

  @Test
  void publishesNoOtherVersionThanTheOneThatWasLookedAt() throws IOException {
    var version = held();

    assertThat(approve("--version", "0123456789abcdef")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "my-xds: version 0123456789abcdef is not held: group edge holds " + version + "\n");
    assertThat(group().get("state").getAsString()).isEqualTo("held");
  }

  @Test
  void saysThatNothingIsHeld() {
    assertThat(approve()).isEqualTo(1);

    assertThat(err.toString()).isEqualTo("my-xds: nothing is held\n");
  }

  /** The version that the guard holds after the edit. */
  private String held() throws IOException {
    Files.writeString(file, "");
    await().until(() -> group().get("state").getAsString().equals("held"));
    var message =
        ask("/api/v1/problems")
            .getAsJsonArray("problems")
            .get(0)
            .getAsJsonObject()
            .get("message")
            .getAsString();
    return message.replaceAll(".*--version ([0-9a-f]+).*", "$1");
  }

  private JsonObject group() throws IOException {
    return ask("/api/v1/groups").getAsJsonArray("groups").get(0).getAsJsonObject();
  }

  private JsonObject ask(String path) throws IOException {
    return JsonParser.parseString(daemon.get(path).body()).getAsJsonObject();
  }

  private int approve(String... options) {
    var arguments = new ArrayList<>(List.of("approve"));
    arguments.addAll(List.of("--admin", "http://127.0.0.1:" + daemon.adminPort()));
    arguments.addAll(List.of(options));
    return Commands.commandLine(Object.class, CommandLineTest.NO_PARTS)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }
}
