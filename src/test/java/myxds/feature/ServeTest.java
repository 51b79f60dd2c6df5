package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import myxds.TestDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees while files come, change, break and are repaired. */
final class ServeTest {
  private static final String CLUSTER =
      "\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster\nname: %s\n";
  private static final String NODE1 = "{\"node\":{\"id\":\"node1\"}}";

  @TempDir Path config;

  @Test
  void servesWhatIsInTheDirectoryAndFollowsAnEdit() throws IOException {
    write("node1/cluster.yaml", CLUSTER.formatted("one"));

    try (var daemon = TestDaemon.ready(config)) {
      assertThat(daemon.fetch("clusters", NODE1).body()).contains("\"one\"");
      write("node1/cluster.yaml", CLUSTER.formatted("two"));

      await().until(() -> daemon.fetch("clusters", NODE1).body().contains("\"two\""));
      assertThat(daemon.out())
          .containsPattern("^ready grpc=127.0.0.1:\\d+ rest=.* groups=1 in=\\d+ms");
    }
  }

  @Test
  void tellsThatItIsReadyInTheFormatOfTheLog() throws Exception {
    write("node1/cluster.yaml", CLUSTER.formatted("one"));

    try (var daemon = TestDaemon.start(config, Map.of("log.format", "json"))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> !daemon.out().isEmpty());

      var ready = JsonParser.parseString(daemon.out()).getAsJsonObject();
      assertThat(ready.keySet())
          .containsExactly("time", "level", "msg", "grpc", "rest", "admin", "groups", "in");
      assertThat(Instant.parse(ready.get("time").getAsString())).isBefore(Instant.now());
      assertThat(ready.get("msg").getAsString()).isEqualTo("ready");
      assertThat(ready.get("groups").getAsJsonPrimitive().isNumber()).isTrue();
      assertThat(ready.get("in").getAsJsonPrimitive().isNumber()).isTrue();
    }
  }

  @Test
  void refusesABrokenEditWithItsPlaceAndServesWhatWasGood() throws IOException {
    write("node1/cluster.yaml", CLUSTER.formatted("one"));

    try (var daemon = TestDaemon.ready(config)) {
      write("node1/cluster.yaml", CLUSTER.formatted("two") + "conect_timeout: 1s\n");
      await().until(() -> daemon.get("/api/v1/groups").body().contains("degraded"));

      assertThat(daemon.get("/api/v1/problems").body())
          .contains("\"file\":\"node1/cluster.yaml\"", "\"line\":3", "did you mean")
          .contains("connect_timeout");
      assertThat(daemon.fetch("clusters", NODE1).body()).contains("\"one\"");
      assertThat(daemon.get("/readyz").statusCode()).isEqualTo(200);

      write("node1/cluster.yaml", CLUSTER.formatted("three"));
      await().until(() -> daemon.fetch("clusters", NODE1).body().contains("\"three\""));
      assertThat(daemon.get("/api/v1/problems").body())
          .isEqualToIgnoringWhitespace("{\"problems\":[]}");
    }
  }

  @Test
  void startsWithoutADirectoryAndBecomesReadyWhenItIsThere() throws IOException {
    var missing = config.resolve("missing");

    try (var daemon = TestDaemon.start(missing, adminPort())) {
      await().until(() -> answers(daemon));
      assertThat(daemon.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(daemon.get("/readyz").body()).contains("missing");
      assertThat(daemon.isReady()).isFalse();

      Files.createDirectories(missing.resolve("node1"));
      Files.writeString(missing.resolve("node1/a.yaml"), CLUSTER.formatted("one"));
      daemon.awaitReady();
      assertThat(daemon.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void opensTheXdsPortsOnlyWhenSomethingIsValid() throws IOException {
    write("node1/a.yaml", "{");

    try (var daemon = TestDaemon.start(config, adminPort())) {
      await()
          .until(() -> answers(daemon) && daemon.get("/api/v1/problems").body().contains("a.yaml"));
      assertThat(daemon.get("/readyz").body()).contains("node1/a.yaml:1:");
      assertThat(daemon.isReady()).isFalse();

      write("node1/a.yaml", CLUSTER.formatted("one"));
      daemon.awaitReady();
      assertThat(daemon.fetch("clusters", NODE1).body()).contains("\"one\"");
    }
  }

  @Test
  void isReadyWithAnEmptyDirectory() {
    try (var daemon = TestDaemon.ready(config)) {
      assertThat(daemon.out()).contains("groups=0");
      assertThat(daemon.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void endsCleanlyWhenItIsStoppedWhileItStarts() throws IOException {
    write("node1/a.yaml", CLUSTER.formatted("one"));
    var daemon = TestDaemon.start(config, Map.of());

    daemon.stop();

    assertThat(daemon.err()).isEmpty();
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    write("node1/a.yaml", CLUSTER.formatted("one"));
    for (var port : new String[] {"grpc", "rest", "admin"}) {
      try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        var taken = Integer.toString(other.getLocalPort());
        var daemon = TestDaemon.start(config, Map.of(port + ".port", taken));

        assertThat(daemon.exitCode()).isEqualTo(3);
        assertThat(daemon.err()).contains("127.0.0.1:" + taken);
      }
    }
  }

  @Test
  void namesATakenPortEvenWhileItWaitsForAConfiguration() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var taken = Integer.toString(other.getLocalPort());
      var daemon = TestDaemon.start(config.resolve("missing"), Map.of("grpc.port", taken));

      assertThat(daemon.exitCode()).isEqualTo(3);
      assertThat(daemon.err()).contains("127.0.0.1:" + taken);
    }
  }

  @Test
  void refusesWrongSettingsWithTheirPlace() throws IOException {
    write("my-xds.yaml", "grpc:\n  prot: 1\n");
    var daemon = TestDaemon.start(config, Map.of());

    assertThat(daemon.exitCode()).isEqualTo(2);
    assertThat(daemon.err()).contains("my-xds.yaml:2:3: ", "grpc.prot", "grpc.port");
  }

  @Test
  void putsNodesIntoGroupsByTheSettings() throws IOException {
    write(
        "my-xds.yaml",
        """
        groups:
        - name: edge
          match: {id: "edge-*"}
        default_group: rest
        """);
    write("edge/a.yaml", CLUSTER.formatted("of-edge"));
    write("rest/a.yaml", CLUSTER.formatted("of-rest"));
    write("_common/a.yaml", CLUSTER.formatted("of-all"));

    try (var daemon = TestDaemon.ready(config)) {
      var edge = daemon.fetch("clusters", "{\"node\":{\"id\":\"edge-7\"}}").body();
      var rest = daemon.fetch("clusters", "{\"node\":{\"id\":\"other\"}}").body();

      assertThat(edge).contains("of-edge", "of-all").doesNotContain("of-rest");
      assertThat(rest).contains("of-rest", "of-all").doesNotContain("of-edge");
    }
  }

  @Test
  void tellsWhatANodeIsServedWithoutItsSecrets() throws IOException {
    write(
        "node1/a.yaml",
        """
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
        name: tls
        generic_secret: {secret: {inline_string: hush}}
        """);

    try (var daemon = TestDaemon.ready(config)) {
      var served = daemon.post("/api/v1/snapshot", "{\"id\":\"node1\"}").body();

      assertThat(served).contains("\"tls\"", "node1/a.yaml:1:1").doesNotContain("hush");
    }
  }

  private static Map<String, String> adminPort() {
    return Map.of("admin.port", Integer.toString(TestDaemon.freePort()));
  }

  private static boolean answers(TestDaemon daemon) {
    try {
      return daemon.get("/healthz").statusCode() == 200;
    } catch (AssertionError notYet) {
      return false;
    }
  }

  private void write(String file, String text) throws IOException {
    var path = config.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
