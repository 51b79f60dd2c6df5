package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import myxds.TestDaemon;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a running daemon that serves two clusters and a secret. */
class WatchTest {
  private static final Commands.Parts PARTS =
      new Commands.Parts(
          CommandLineTest.NO_PARTS.serving(),
          CommandLineTest.NO_PARTS.checking(),
          TestDaemon.watching());
  private static final String HEAD =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z response ";
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s}\n";
  private static final String SECRET =
      """
      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
      name: tls
      generic_secret: {secret: {inline_string: hush}}
      """;

  @TempDir private Path config;
  private Path folder;
  private TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    folder = Files.createDirectories(config.resolve("edge"));
    Files.writeString(folder.resolve("one.yaml"), CLUSTER.formatted("one"));
    Files.writeString(folder.resolve("two.yaml"), CLUSTER.formatted("two"));
    Files.writeString(folder.resolve("secret.yaml"), SECRET);
    daemon = TestDaemon.ready(config);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void printsEachResponseAsItComes() throws IOException {
    try (var watch = watch("clusters", "--count", "2").prints(3)) {
      assertThat(watch.lines().getFirst())
          .matches(HEAD + "version=[0-9a-f]{16} nonce=1 resources=2 bytes=[1-9]\\d*");
      assertThat(watch.lines().subList(1, 3)).containsExactly("  one", "  two");

      Files.writeString(folder.resolve("three.yaml"), CLUSTER.formatted("three"));

      assertThat(watch.ends()).isZero();
      assertThat(watch.lines().get(3)).contains(" nonce=2 resources=3 ");
      assertThat(watch.lines().subList(4, 7)).containsExactly("  one", "  three", "  two");
      assertThat(watch.err()).isEmpty();
    }
  }

  @Test
  void tellsOfDeltaWhatChangedAndWhatIsGone() throws IOException {
    try (var watch = watch("clusters", "--delta", "--count", "2").prints(3)) {
      assertThat(watch.lines().get(1)).matches("  one version=[0-9a-f]{16}");
      assertThat(watch.lines().get(2)).matches("  two version=[0-9a-f]{16}");

      Files.delete(folder.resolve("two.yaml"));

      assertThat(watch.ends()).isZero();
      assertThat(watch.lines().get(3))
          .matches(HEAD + "version=[0-9a-f]{16} nonce=2 resources=0 removed=1 bytes=\\d+");
      assertThat(watch.lines().get(4)).isEqualTo("  two removed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--count=1", "--delta"})
  void asksForNames(String option) {
    try (var watch = watch("clusters", "--names", "two", option).prints(2)) {
      assertThat(watch.lines().get(1)).startsWith("  two");
      assertThat(watch.out()).doesNotContain("one");
    }
  }

  @Test
  void tellsOfNamesThatNobodyHas() {
    var watch = watch("clusters", "--delta", "--names", "two,none", "--count", "1", "-o", "json");

    assertThat(watch.ends()).isZero();
    var json = json(watch);
    assertThat(json.getAsJsonArray("removed")).containsExactly(JsonParser.parseString("none"));
    assertThat(json.getAsJsonObject("versions").keySet()).containsExactly("two");
  }

  @Test
  void takesEachResponse() {
    try (var watch = watch("clusters", "--count", "1")) {
      assertThat(watch.ends()).isZero();
    }

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(daemon.get("/metrics").body())
                .containsPattern("myxds_acks_total\\{[^}]*clusters[^}]*} 1\\.0"));
  }

  @Test
  void writesOneObjectForEachResponse() {
    var watch = watch("clusters", "--names", "one", "-o", "json", "--count", "1");

    assertThat(watch.ends()).isZero();
    assertThat(watch.lines()).hasSize(1);
    var json = json(watch);
    assertThat(json.remove("version").getAsString()).matches("[0-9a-f]{16}");
    assertThat(json)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type": "clusters", "nonce": "1", "removed": [], "resources": [
                  {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "one"}]}
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secrets -o json",
        "secrets -o json --delta",
        "secrets",
        "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret -o json"
      })
  void tellsNoSecrets(String line) {
    var words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of("--count", "1"));
    var watch = watch(words.toArray(String[]::new));

    assertThat(watch.ends()).isZero();
    assertThat(watch.out()).contains("tls").doesNotContain("hush");
  }

  @Test
  void saysThatThereIsNoAnswerYetAndWaitsForOne() throws IOException {
    try (var watch = watch(daemon.grpcPort(), "clusters", "--node", "late", "--count", "1")) {
      watch.says("has not answered yet; a node of no group gets no answer");

      var late = Files.createDirectories(config.resolve("late"));
      Files.writeString(late.resolve("a.yaml"), CLUSTER.formatted("here"));

      assertThat(watch.ends()).isZero();
      assertThat(watch.lines().get(1)).isEqualTo("  here");
    }
  }

  @Test
  void endsCleanlyWhenItIsStopped() {
    try (var watch = watch("clusters").prints(3)) {
      watch.interrupt();

      assertThat(watch.ends()).isZero();
      assertThat(watch.err()).isEmpty();
    }
  }

  @Test
  void waitsForAServerThatWasThere() {
    int port = daemon.grpcPort();
    try (var watch = watch("clusters", "--count", "2").prints(3)) {
      daemon.stop();
      watch.says("my-xds: lost 127.0.0.1:" + port + ": ").says("; trying again in 500 ms");

      daemon = TestDaemon.ready(config, Map.of("grpc.port", Integer.toString(port)));

      assertThat(watch.ends()).isZero();
      assertThat(watch.lines().get(3)).contains("response", " nonce=1 ");
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    int port = TestDaemon.freePort();
    var watch = watch(port, "clusters", "--node", "edge");

    assertThat(watch.ends()).isEqualTo(2);
    assertThat(watch.out()).isEmpty();
    assertThat(watch.err())
        .isEqualTo(
            """
            my-xds: cannot watch 127.0.0.1:%d: nothing answers there; is it running, and ready? \
            --xds HOST:PORT says where it is
            """
                .formatted(port));
  }

  @Test
  void saysThatAnotherPortWasMeant() {
    var watch = watch(daemon.restPort(), "clusters", "--node", "edge");

    assertThat(watch.ends()).isEqualTo(2);
    assertThat(watch.err())
        .startsWith("my-xds: cannot watch 127.0.0.1:" + daemon.restPort() + ": ")
        .endsWith("expects the gRPC port of an xDS server, which is 9002 of my-xds\n");
  }

  @Test
  void namesTheTypes() {
    var watch = watch("cluster");

    assertThat(watch.ends()).isEqualTo(2);
    assertThat(watch.err())
        .contains("\"cluster\" is no type, did you mean \"clusters\"?")
        .contains("expected: clusters, endpoints, listeners, routes, scoped-routes, virtual-hosts,")
        .contains("secrets, runtime, extension-configs, lb-endpoints or a type URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"extension-configs", "extension_configs"})
  void knowsATypeByBothOfItsNames(String word) {
    var watch = watch(word, "--count", "1", "-o", "json");

    assertThat(watch.ends()).isZero();
    assertThat(json(watch).get("type").getAsString()).isEqualTo("extension_configs");
  }

  private Typed watch(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--node", "edge"));
    return watch(daemon.grpcPort(), all.toArray(String[]::new));
  }

  private static Typed watch(int port, String... words) {
    var all = new ArrayList<>(List.of("watch", "--xds", "127.0.0.1:" + port));
    all.addAll(List.of(words));
    return new Typed(PARTS, all.toArray(String[]::new));
  }

  private static JsonObject json(Typed watch) {
    return JsonParser.parseString(watch.out()).getAsJsonObject();
  }
}
