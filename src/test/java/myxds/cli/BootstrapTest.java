package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  @TempDir Path folder;

  @Test
  void asksByGrpcForTheStateOfTheWorld() {
    var tree = YamlTree.of(print("--node", "node1"));

    assertThat(tree.get("node")).isEqualTo(json("{'id':'node1','cluster':'demo'}"));
    var source =
        json(
            """
            {"resource_api_version": "V3",
             "api_config_source": {
               "api_type": "GRPC", "transport_api_version": "V3",
               "set_node_on_first_message_only": true,
               "grpc_services": [{"envoy_grpc": {"cluster_name": "xds_cluster"}}]}}
            """);
    var resources = tree.getAsJsonObject("dynamic_resources");
    assertThat(resources.get("cds_config")).isEqualTo(source);
    assertThat(resources.get("lds_config")).isEqualTo(source);
    assertThat(xdsAddress(tree)).isEqualTo(address("127.0.0.1", 9002));
    assertThat(tree.toString()).contains("http2_protocol_options");
    assertThat(tree.getAsJsonObject("admin").get("address")).isEqualTo(address("127.0.0.1", 8081));
  }

  @Test
  void asksByGrpcForChanges() {
    var tree = YamlTree.of(print("--node", "n", "--delta", "--xds", "[::1]:19002"));

    assertThat(source(tree, "cds_config").get("api_type").getAsString()).isEqualTo("DELTA_GRPC");
    assertThat(source(tree, "lds_config").get("api_type").getAsString()).isEqualTo("DELTA_GRPC");
    assertThat(xdsAddress(tree)).isEqualTo(address("::1", 19002));
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
    assertThat(xdsAddress(tree)).isEqualTo(address("127.0.0.1", 9001));
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
      strings = {"", "--delta", "--rest", "--xds [::1]:1", "--cluster yes", "--cluster 010"})
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
            EnvoyBootstrap.Protocol.GRPC,
            new HostPort("my-xds", 9002),
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

  private static JsonObject xdsAddress(JsonObject bootstrap) {
    var cluster =
        bootstrap
            .getAsJsonObject("static_resources")
            .getAsJsonArray("clusters")
            .get(0)
            .getAsJsonObject();
    return cluster
        .getAsJsonObject("load_assignment")
        .getAsJsonArray("endpoints")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("lb_endpoints")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("endpoint")
        .getAsJsonObject("address");
  }

  private static JsonObject address(String host, int port) {
    return json("{'socket_address':{'address':'" + host + "','port_value':" + port + "}}");
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
