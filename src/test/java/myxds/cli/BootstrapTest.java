package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  @TempDir Path folder;

  @Test
  void requestsAllTypesOverOneStream() {
    var tree = YamlTree.of(print("--node", "node1"));

    assertThat(tree.get("node")).isEqualTo(json("{'id':'node1','cluster':'demo'}"));
    var resources = tree.getAsJsonObject("dynamic_resources");
    assertThat(resources.get("ads_config")).isEqualTo(grpc("GRPC"));
    var source = json("{'resource_api_version': 'V3', 'ads': {}}");
    assertThat(resources.get("cds_config")).isEqualTo(source);
    assertThat(resources.get("lds_config")).isEqualTo(source);
    assertThat(xdsAddresses(tree)).containsExactly(address("127.0.0.1", 9002));
    assertThat(tree.toString()).contains("http2_protocol_options").doesNotContain("health_checks");
    assertThat(tree.getAsJsonObject("admin").get("address")).isEqualTo(address("127.0.0.1", 8081));
  }

  @Test
  void requestsChangesOnly() {
    var tree = YamlTree.of(print("--node", "n", "--delta", "--xds", "[::1]:19002"));

    assertThat(tree.getAsJsonObject("dynamic_resources").get("ads_config"))
        .isEqualTo(grpc("DELTA_GRPC"));
    assertThat(xdsAddresses(tree)).containsExactly(address("::1", 19002));
  }

  @ParameterizedTest
  @CsvSource({"--per-type, GRPC", "--per-type --delta, DELTA_GRPC"})
  void requestsEachTypeOverAStreamOfItsOwn(String options, String apiType) {
    var tree = YamlTree.of(print(("--node n " + options).split(" ")));

    assertThat(source(tree, "cds_config")).isEqualTo(grpc(apiType));
    assertThat(source(tree, "lds_config")).isEqualTo(grpc(apiType));
    assertThat(tree.toString()).doesNotContain("ads");
  }

  @Test
  void prefersTheFirstOfSeveralServers() {
    var tree = YamlTree.of(print("--node", "n", "--xds", "a:1", "--xds", "b:2", "--xds", "c:3"));

    assertThat(xdsAddresses(tree))
        .containsExactly(address("a", 1), address("b", 2), address("c", 3));
    assertThat(xdsPriorities(tree)).containsExactly(0, 1, 2);
    assertThat(tree.toString()).contains("grpc_health_check", "\"STRICT_DNS\"");
  }

  @Test
  void startsWithTheFirstOfSeveralAddresses() {
    var tree = YamlTree.of(print("--node", "n", "--xds", "10.0.0.1:1", "--xds", "[::1]:1"));

    assertThat(tree.toString()).contains("grpc_health_check", "\"STATIC\"");
  }

  @Test
  void asksByRest() {
    var tree = YamlTree.of(print("--node", "n", "--cluster", "c", "--rest"));

    var source =
        json(
            """
            {"api_type": "REST", "transport_api_version": "V3", "refresh_delay": "1s",
             "cluster_names": ["xds_cluster"]}
            """);
    assertThat(source(tree, "cds_config")).isEqualTo(source);
    assertThat(source(tree, "lds_config")).isEqualTo(source);
    assertThat(xdsAddresses(tree)).containsExactly(address("127.0.0.1", 9001));
    assertThat(tree.toString()).doesNotContain("http2_protocol_options");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "010", "0x1f", "null", "~", "1", "a: b", "#x", "*", "\"'\n\u00e9"})
  void keepsAnOddNodeIdAText(String id) {
    var tree = YamlTree.of(print("--node", id));

    assertThat(tree.getAsJsonObject("node").get("id").getAsString()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--delta",
        "--per-type",
        "--per-type --delta",
        "--rest",
        "--rest --per-type",
        "--xds [::1]:1",
        "--xds a:1 --xds b:2",
        "--rest --xds a:1 --xds b:2",
        "--cluster yes",
        "--cluster 010"
      })
  void printsWhatARealEnvoyAccepts(String options) throws Exception {
    var envoy = realEnvoy();
    var args = ("--node node1 " + options).strip().split(" ");
    var file = Files.writeString(folder.resolve("envoy.yaml"), print(args));

    var validation =
        new ProcessBuilder(
                envoy.toString(), "--mode", "validate", "-c", file.toString(), "-l", "error")
            .redirectErrorStream(true)
            .start();
    var said = new String(validation.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(validation.waitFor()).as(said).isZero();
  }

  @Test
  void printsWhatTheComposeFileUses() throws IOException {
    var written = io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.newBuilder();
    var yaml = YamlTree.of(Files.readString(Path.of("envoy.yaml")));
    Schema.ofApi().mergeLeniently(yaml.toString(), written);

    var built =
        new EnvoyBootstrap(
            "node1",
            "demo",
            EnvoyBootstrap.Protocol.ADS,
            List.of(new HostPort("my-xds", 9002)),
            new HostPort("0.0.0.0", 8081));
    assertThat(written.build()).isEqualTo(built.message());
  }

  private static Path realEnvoy() {
    try {
      return EnvoyBinary.find(System.getenv(), Path.of("").toAbsolutePath());
    } catch (CannotRun e) {
      return abort("no Envoy: ./verify fetches one");
    }
  }

  private static String print(String... options) {
    var out = new StringWriter();
    var args = new String[options.length + 1];
    args[0] = "bootstrap";
    System.arraycopy(options, 0, args, 1, options.length);
    int code =
        Commands.commandLine(Object.class, CommandLineTest.NO_PARTS)
            .setOut(new PrintWriter(out, true))
            .execute(args);
    assertThat(code).isZero();
    return out.toString();
  }

  private static JsonObject source(JsonObject bootstrap, String name) {
    return bootstrap
        .getAsJsonObject("dynamic_resources")
        .getAsJsonObject(name)
        .getAsJsonObject("api_config_source");
  }

  private static JsonObject grpc(String apiType) {
    return json(
        """
        {"api_type": "%s", "transport_api_version": "V3", "set_node_on_first_message_only": true,
         "grpc_services": [{"envoy_grpc": {"cluster_name": "xds_cluster"}}]}
        """
            .formatted(apiType));
  }

  private static List<JsonObject> xdsAddresses(JsonObject bootstrap) {
    return xdsEndpoints(bootstrap).stream()
        .map(locality -> locality.getAsJsonArray("lb_endpoints").get(0).getAsJsonObject())
        .map(endpoint -> endpoint.getAsJsonObject("endpoint").getAsJsonObject("address"))
        .toList();
  }

  private static List<Integer> xdsPriorities(JsonObject bootstrap) {
    return xdsEndpoints(bootstrap).stream()
        .map(locality -> locality.has("priority") ? locality.get("priority").getAsInt() : 0)
        .toList();
  }

  private static List<JsonObject> xdsEndpoints(JsonObject bootstrap) {
    var cluster =
        bootstrap
            .getAsJsonObject("static_resources")
            .getAsJsonArray("clusters")
            .get(0)
            .getAsJsonObject();
    return cluster.getAsJsonObject("load_assignment").getAsJsonArray("endpoints").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static JsonObject address(String host, int port) {
    return json("{'socket_address':{'address':'" + host + "','port_value':" + port + "}}");
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
