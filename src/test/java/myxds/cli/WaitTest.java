package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wait} and {@code status} after each kind of save, against a running daemon. */
class WaitTest {
  @TempDir private Path folder;
  private Path config;
  private TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    config = folder.resolve("config");
    save("edge", cluster("a"));
    daemon = TestDaemon.ready(config);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private void save(String group, String text) throws IOException {
    Files.writeString(Files.createDirectories(config.resolve(group)).resolve("a.yaml"), text);
  }

  private static String cluster(String name) {
    return "\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster\nname: %s\n"
        .formatted(name);
  }

  /** The node polls with this version; returns the version of the answer, or the same again. */
  private String polls(String node, String version) {
    var body = new JsonObject();
    var json = new JsonObject();
    json.addProperty("id", node);
    json.addProperty("user_agent_name", "envoy");
    body.add("node", json);
    body.addProperty("version_info", version);
    var answer = daemon.fetch("clusters", body.toString());
    return answer.statusCode() == 304
        ? version
        : JsonParser.parseString(answer.body()).getAsJsonObject().get("versionInfo").getAsString();
  }

  /** The node ACKs the newest state. */
  private void follows(String node) {
    polls(node, polls(node, ""));
  }

  private JsonObject group(String name) {
    var groups = JsonParser.parseString(daemon.get("/api/v1/groups").body()).getAsJsonObject();
    return Answers.objects(groups, "groups")
        .filter(one -> Answers.text(one, "name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Run run(String... words) {
    return Run.of(daemon.adminPort(), words);
  }

  /** What came of a command. */
  private record Run(int exit, String out, String err) {

    static Run of(int adminPort, String... words) {
      var out = new StringWriter();
      var err = new StringWriter();
      var all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--admin", "http://127.0.0.1:" + adminPort));
      int exit =
          Commands.commandLine(Object.class, CommandLineTest.NO_PARTS)
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true))
              .execute(all.toArray(String[]::new));
      // The daemon can be slow to answer on a busy machine, and the command says so.
      var errors =
          err.toString().replaceFirst("^my-xds: still waiting for the daemon at .*\\n", "");
      return new Run(exit, out.toString(), errors);
    }
  }

  @Test
  void doesNotTakeAStateThatWasThereBeforeForTheFilesThatWereJustSaved() throws IOException {
    follows("edge");
    save("edge", cluster("b"));

    var typed = run("wait", "--group", "edge", "--timeout", "3s");

    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err()).isEqualTo("my-xds: not in time: 1 node: 1 behind\n");
  }

  @Test
  void saysWhereTheFilesThatWereJustSavedAreWrong() throws IOException {
    follows("edge");
    save("edge", "name: a\nnonsense: true\n");

    var typed = run("wait", "--group", "edge");

    assertThat(typed.exit()).isEqualTo(5);
    assertThat(typed.err())
        .startsWith("my-xds: group edge is degraded: its newest files are not published")
        .contains("\n  edge/a.yaml:1:1: error: ");
    var status = run("status");
    assertThat(status.exit()).isEqualTo(1);
    assertThat(status.out())
        .startsWith("1 node: 1 in sync\ngroup edge is degraded: ")
        .contains("\n  edge/a.yaml:1:1: error: ");
  }

  @Test
  void saysThatTheGuardHoldsIt() throws IOException {
    follows("edge");
    save("edge", "");

    var typed = run("wait");

    assertThat(typed.exit()).isEqualTo(5);
    assertThat(typed.err())
        .startsWith("my-xds: group edge is held: ")
        .contains("my-xds approve --group edge --version ");
    assertThat(run("status", "--group", "edge").exit()).isEqualTo(1);
  }

  @Test
  void saysThatTheFilesCannotBeRead() throws IOException {
    follows("edge");
    Files.move(config, folder.resolve("elsewhere"));

    var typed = run("wait");

    assertThat(typed.exit()).isEqualTo(5);
    assertThat(typed.err()).startsWith("my-xds: cannot read the files: ");
    assertThat(run("status").exit()).isEqualTo(1);
  }

  @Test
  void leavesOtherGroupsAlone() throws IOException {
    follows("edge");
    save("west", "nonsense: true\n");

    assertThat(run("wait", "--group", "edge").exit()).isZero();
    assertThat(run("status", "--group", "edge").exit()).isZero();
    var all = run("wait");
    assertThat(all.exit()).isEqualTo(5);
    assertThat(all.err()).startsWith("my-xds: group west is refused").doesNotContain("group edge");
  }

  @Test
  void saysThatThereIsNoSuchGroup() {
    follows("edge");

    for (var command : List.of("wait", "status")) {
      var typed = run(command, "--group", "egde");
      assertThat(typed.exit()).as(command).isEqualTo(6);
      assertThat(typed.err())
          .as(command)
          .isEqualTo("my-xds: no group \"egde\" (there are: edge)\n");
    }
  }

  @Test
  void waitsForAsManyNodes() throws IOException {
    Files.writeString(
        config.resolve("my-xds.yaml"), "groups: [{name: edge, match: {id: \"edge*\"}}]\n");
    daemon.close();
    daemon = TestDaemon.ready(config);
    follows("edge");

    var typed = run("wait", "--nodes", "2", "--timeout", "3s");
    var waiting = CompletableFuture.supplyAsync(() -> run("wait", "--nodes", "2"));
    follows("edge-2");

    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err())
        .isEqualTo("my-xds: not in time: 2 nodes are needed: 1 node: 1 in sync\n");
    assertThat(waiting.join().out()).isEqualTo("2 nodes: 2 in sync\n");
  }

  @Test
  void waitsForAVersion() throws IOException {
    follows("edge");
    var first = Answers.text(group("edge"), "version");

    assertThat(run("wait", "--version", first).exit()).isZero();
    save("edge", cluster("b"));
    var other = run("wait", "--version", first, "--timeout", "3s");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err())
        .startsWith(
            "my-xds: not in time: version %s is not published: group edge is served version "
                .formatted(first));
    var both = run("wait", "--version", first, "--files");
    assertThat(both.exit()).isEqualTo(2);
  }

  @Test
  void servesAVersionWhileNewerFilesAreWrong() throws IOException {
    follows("edge");
    save("edge", "nonsense: true\n");

    assertThat(run("wait", "--version", Answers.text(group("edge"), "version")).exit()).isZero();
    assertThat(run("wait", "--version", "0123456789abcdef").exit()).isEqualTo(5);
  }

  @Test
  void goesOnOverARestartOfTheDaemon() throws Exception {
    var flags =
        Map.of(
            "admin.port", Integer.toString(daemon.adminPort()),
            "rest.port", Integer.toString(daemon.restPort()));
    var asked = new CountDownLatch(1);
    var relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    relay.createContext("/", exchange -> relay(exchange, asked));
    relay.start();
    try {
      int port = relay.getAddress().getPort();
      var waiting = CompletableFuture.supplyAsync(() -> Run.of(port, "wait"));
      asked.await();
      daemon.close();

      daemon = TestDaemon.ready(config, flags);
      follows("edge");

      assertThat(waiting.join()).isEqualTo(new Run(0, "1 node: 1 in sync\n", ""));
    } finally {
      relay.stop(0);
    }
  }

  /** Answers as the daemon does; not at all while it is away. */
  private void relay(HttpExchange exchange, CountDownLatch asked) throws IOException {
    try (exchange) {
      var answer = daemon.get(exchange.getRequestURI().toString());
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.statusCode(), body.length);
      exchange.getResponseBody().write(body);
      asked.countDown();
    } catch (AssertionError e) {
      assertThat(e).hasCauseInstanceOf(IOException.class);
    }
  }
}
