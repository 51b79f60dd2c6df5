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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that ask for the fleet, against a running daemon with a node that polls. */
class FleetCommandsTest {
  @TempDir private Path config;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  private TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    write("a");
    daemon = TestDaemon.ready(config);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private void write(String name) throws IOException {
    Files.writeString(
        Files.createDirectories(config.resolve("edge")).resolve("a.yaml"),
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: %s
        """
            .formatted(name));
  }

  /** The node asks with this version; the version of the answer, or the same again. */
  private String polls(String version) {
    var body = new JsonObject();
    var node = new JsonObject();
    node.addProperty("id", "edge");
    node.addProperty("cluster", "shop");
    node.addProperty("user_agent_name", "envoy");
    body.add("node", node);
    body.addProperty("version_info", version);
    var answer = daemon.fetch("clusters", body.toString());
    return answer.statusCode() == 304
        ? version
        : JsonParser.parseString(answer.body()).getAsJsonObject().get("versionInfo").getAsString();
  }

  /** The node runs the newest state. */
  private String follows() {
    return polls(polls(""));
  }

  /** The node does not take the next state. */
  private void refuses() throws IOException {
    var old = follows();
    write("b");
    await().until(() -> !polls(old).equals(old));
    polls(old);
  }

  @Test
  void saysThatNobodyIsThere() {
    assertThat(run("status")).isZero();
    assertThat(out.toString()).isEqualTo("no node is connected\n");
    assertThat(run("wait", "--timeout", "200ms")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("my-xds: not in time: no node is connected\n");
  }

  @Test
  void waitsUntilTheNodeRunsWhatIsPublished() {
    var version = follows();

    assertThat(run("wait", "--acked", "100%", "--group", "edge")).isZero();

    assertThat(out.toString()).isEqualTo("1 node: 1 in sync\n");
    assertThat(run("status")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            1 node: 1 in sync
            NODE  GROUP  STATE    ENVOY  RUNS
            edge  edge   in_sync         clusters %s
            """
                .formatted(version.substring(0, 8)));
  }

  @Test
  void waitsNotForOtherGroups() {
    follows();

    assertThat(run("wait", "--group", "other", "--timeout", "100ms")).isEqualTo(1);
  }

  @Test
  void saysWhoRefuses() throws IOException {
    refuses();

    assertThat(run("status")).isEqualTo(1);
    assertThat(out.toString()).startsWith("1 node: 1 refusing\n");
    assertThat(run("wait")).isEqualTo(4);
    assertThat(err.toString())
        .startsWith("my-xds: 1 node: 1 refusing\nnode edge: clusters: it asks again with version ");
    assertThat(run("status", "--node", "edge")).isEqualTo(1);
    assertThat(out.toString())
        .contains("state    refusing\n", "clusters refused version")
        .containsPattern("seen     [-0-9]+T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\n");
    // A poll is always answered with the newest state: there is nothing to offer again.
    assertThat(run("retry")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("my-xds: nothing is refused\n");
  }

  @Test
  void warnsThatTheFilesAreNotWhatIsPublished() throws IOException {
    follows();
    Files.writeString(config.resolve("edge").resolve("b.yaml"), "nonsense: true\n");
    await().until(() -> daemon.get("/api/v1/groups").body().contains("\"degraded\""));

    assertThat(run("wait")).isZero();

    assertThat(err.toString())
        .isEqualTo("my-xds: group edge is degraded: its files are not what is published\n");
  }

  @Test
  void listsGroupsAndWhatANodeIsServed() {
    follows();

    assertThat(run("groups")).isZero();
    assertThat(out.toString())
        .matches(
            """
            GROUP +STATE +VERSION +NODES +IN SYNC +REFUSING +RESOURCES
            edge +published +[0-9a-f]{8} +1 +1 +0 +clusters 1
            """);
    assertThat(run("snapshot", "--node", "edge")).isZero();
    assertThat(out.toString()).contains("node edge of group edge is served version ");
    assertThat(out.toString()).containsPattern("clusters +a +[0-9a-f]{8} +edge/a.yaml:1:1\n");
    assertThat(run("snapshot", "--node", "nobody")).isEqualTo(2);
    assertThat(err.toString()).contains("node nobody belongs to group nobody, which is not served");
  }

  @Test
  void printsTheApisAnswersAsJson() {
    follows();

    for (var command : List.of("status", "groups", "status --node edge", "snapshot --node edge")) {
      assertThat(run((command + " -o json").split(" "))).as(command).isZero();
      assertThat(JsonParser.parseString(out.toString()).isJsonObject()).as(command).isTrue();
    }
  }

  @Test
  void fitsATerminalWhateverNodesCallThemselves() {
    for (var id : List.of("x".repeat(10_000), "<b>\u001b[31m\nred", "\"quoted\"")) {
      var node = new JsonObject();
      node.addProperty("id", id);
      node.addProperty("user_agent_name", "envoy");
      var body = new JsonObject();
      body.add("node", node);
      daemon.fetch("clusters", body.toString());
    }

    assertThat(run("status")).isEqualTo(1);

    assertThat(out.toString().lines()).hasSize(5).allMatch(line -> line.length() <= 100);
    assertThat(out.toString()).doesNotContain("\u001b").contains("<b>?[31m?red");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait --acked 101%            | \"101%\" (expected: 0%..100%)",
        "wait --acked most            | \"most\" (expected: 0%..100%)",
        "wait --timeout 5             | \"5\" (expected: 500ms, 15s, 2m or 1h)",
        "snapshot                     | Missing required option: '--node=ID'",
        "status --node nobody         | no node nobody is known",
      })
  void saysWhatIsWrong(String command, String words) {
    assertThat(run(command.split(" "))).isEqualTo(2);

    assertThat(err.toString()).contains(words);
  }

  @Test
  void saysThatNoDaemonAnswers() {
    var nowhere = "http://127.0.0.1:" + TestDaemon.freePort();

    for (var command : List.of("status", "wait", "groups", "retry", "snapshot --node a")) {
      var words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("--admin", nowhere));
      assertThat(execute(words)).as(command).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              "my-xds: cannot ask the daemon at %s: nothing answers there; is it running?\n"
                  .formatted(nowhere));
    }
  }

  @Test
  void printsWhatAShellNeeds() {
    assertThat(execute(List.of("completion"))).isZero();

    assertThat(out.toString()).contains("complete -F _complete_my-xds", "status", "--acked");
  }

  private int run(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--admin", "http://127.0.0.1:" + daemon.adminPort()));
    return execute(all);
  }

  /** Each command's output alone. */
  private int execute(List<String> words) {
    out = new StringWriter();
    err = new StringWriter();
    return Commands.commandLine(Object.class, CommandLineTest.NO_PARTS)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }
}
