package myxds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import myxds.cli.CheckReport;
import myxds.gate.Bootstrap;
import myxds.resource.Document;
import myxds.resource.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check --bootstrap} follows what the bootstrap itself requests. */
final class BootstrapCheckTest {
  private static final String ADS =
      """
      node: {id: node1, cluster: c}
      dynamic_resources:
        ads_config: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: xds}}]}
        cds_config: {ads: {}}
        lds_config: {ads: {}}
      """;
  private static final String STATIC =
      """
      static_resources:
        clusters:
        - {name: xds, type: STATIC}
      """;
  private static final String EDS =
      "- {name: local, type: EDS, eds_cluster_config: {eds_config: {ads: {}}}}";
  private static final String ENDPOINTS =
      "{\"@type\": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment,"
          + " cluster_name: local}";
  private static final String RUNTIME =
      "{\"@type\": type.googleapis.com/envoy.service.runtime.v3.Runtime, name: rtds}";
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: blue}";
  private static final String LAYER =
      "layered_runtime: {layers: [{name: l, rtds_layer: {name: rtds, rtds_config: {ads: {}}}}]}\n";
  private static final String TLS =
      """
      - name: tls
        type: STATIC
        transport_socket:
          name: tls
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
            common_tls_context:
              validation_context_sds_secret_config: {name: ca, sds_config: {ads: {}}}
      """;
  private static final String SECRET =
      "{\"@type\": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret,"
          + " name: ca, validation_context: {}}";

  @TempDir private Path folder;
  private Path bootstrap;

  @BeforeEach
  void hasAGroup() throws IOException {
    bootstrap = folder.resolve("envoy.yaml");
    write("node1/cluster.yaml", CLUSTER);
  }

  @Test
  void findsTheRuntimeLayerThatIsNotServed() throws IOException {
    assertThat(check(LAYER + ADS + STATIC))
        .containsExactly(bootstrap + ":1:57: warning: there is no Runtime \"rtds\" in group node1");

    write("node1/runtime.yaml", RUNTIME);
    assertThat(check(LAYER + ADS + STATIC)).isEmpty();
  }

  @Test
  void findsTheEndpointsThatAStaticClusterLacks() throws IOException {
    var text = ADS + STATIC + EDS.indent(2);

    assertThat(check(text))
        .containsExactly(
            bootstrap + ":9:50: error: there is no ClusterLoadAssignment \"local\" in group node1");

    write("node1/endpoints.yaml", ENDPOINTS);
    assertThat(check(text)).isEmpty();
    assertThat(check(ADS + STATIC))
        .containsExactly(
            "node1/endpoints.yaml:1:1: warning: nobody asks for ClusterLoadAssignment \"local\"");
  }

  @Test
  void wantsTheLocalClusterInTheBootstrapItself() throws IOException {
    var local = "cluster_manager: {local_cluster_name: blue}\n";

    assertThat(check(local + ADS + STATIC))
        .containsExactly(
            bootstrap + ":1:39: error: the bootstrap has no Cluster \"blue\" in group node1");
    assertThat(check(local.replace("blue", "xds") + ADS + STATIC)).isEmpty();
  }

  @Test
  void findsTheSecretThatAStaticClusterLacks() throws IOException {
    var text = ADS + STATIC + TLS.indent(2);

    assertThat(check(text))
        .containsExactly(bootstrap + ":16:56: error: there is no Secret \"ca\" in group node1");

    write("node1/secret.yaml", SECRET);
    assertThat(check(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"node1", "edge-7"})
  void judgesOnlyTheGroupOfTheBootstrapsNode(String id) throws IOException {
    write("edge/cluster.yaml", CLUSTER);
    write("my-xds.yaml", "groups: [{name: edge, match: {id: \"edge-*\"}}]");
    var group = id.equals("node1") ? "node1" : "edge";

    assertThat(check((LAYER + ADS + STATIC).replace("id: node1", "id: " + id)))
        .containsExactly(
            bootstrap + ":1:57: warning: there is no Runtime \"rtds\" in group " + group);
  }

  @Test
  void judgesAllGroupsWhereTheBootstrapsNodeBelongsToNone() throws IOException {
    write("edge/cluster.yaml", CLUSTER);

    assertThat(check((LAYER + ADS + STATIC).replace("id: node1", "id: template"))).hasSize(2);
  }

  @Test
  void findsResourcesThatUseAdsWhereTheBootstrapHasNone() throws IOException {
    var perType =
        """
        node: {id: node1, cluster: c}
        dynamic_resources:
          cds_config: {api_config_source: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: xds}}]}}
        """
            + STATIC;
    write("node1/endpoints.yaml", ENDPOINTS);
    write(
        "node1/local.yaml",
        "resources:\n"
            + EDS.replace(
                "{name", "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name"));

    assertThat(check(perType))
        .singleElement()
        .asString()
        .startsWith("node1/local.yaml:2:")
        .endsWith(
            "error: the bootstrap has no ads_config (expected: one, or an api_config_source)");
    assertThat(check(ADS + STATIC)).isEmpty();
    assertThat(check(perType.replaceFirst("api_config_source:.*", "ads: {}}")))
        .contains(
            bootstrap
                + ":3:21: error: the bootstrap has no ads_config (expected: one, or an api_config_source)"
                + " in group node1");
  }

  private void write(String file, String text) throws IOException {
    var path = folder.resolve("config").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> check(String text) throws IOException {
    Files.writeString(bootstrap, text);
    var flags =
        Map.of("config", folder.resolve("config").toString(), "bootstrap", bootstrap.toString());
    var report = new CheckRun(Map.of()).check(flags);
    assertThat(report).isInstanceOf(CheckReport.Checked.class);
    return ((CheckReport.Checked) report).problems().stream().map(Object::toString).toList();
  }

  /** What the gate remembers is worth keeping while the bootstrap is the same. */
  @Test
  void isTheSameWhenItIsReadAgain() throws IOException {
    var schema = Schema.ofApi();
    var document = new Document("envoy.yaml", ADS + LAYER + STATIC + "  " + EDS + "\n");

    assertThat(Bootstrap.read(document, schema, node -> "node1"))
        .isEqualTo(Bootstrap.read(document, schema, node -> "node1"));
  }
}
