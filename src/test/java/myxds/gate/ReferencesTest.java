package myxds.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReferencesTest {
  private static final String ROUTE =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: local_route
      virtual_hosts:
      - name: all
        domains: ["*"]
        routes:
        - match: {prefix: /}
          route: %s
      """;
  private static final String LISTENER =
      """
      "@type": type.googleapis.com/envoy.config.listener.v3.Listener
      name: listener_0
      filter_chains:
      - filters:
        - name: anything
          typed_config: %s
      address: {socket_address: {address: 127.0.0.1, port_value: 80}}
      """;
  private static final String CLUSTERS =
      """
      resources:
      - {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: blue}
      - {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: green}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{cluster: bleu} | 8:22 | bleu",
        "{weighted_clusters: {clusters: [{name: blue, weight: 1}, {name: gren, weight: 1}]}} | 8:76"
            + " | gren",
        "{cluster: blue, request_mirror_policies: [{cluster: blu}]} | 8:64 | blu",
      })
  void findsTheClusterThatARouteLacks(String action, String place, String name) {
    var problems = judge(Bootstrap.UNKNOWN, ROUTE.formatted(action), CLUSTERS);

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst())
        .startsWith("node1/0.yaml:%s: error: there is no Cluster \"%s\"".formatted(place, name))
        .contains("did you mean");
  }

  @Test
  void letsARequestChooseItsCluster() {
    assertThat(judge(Bootstrap.UNKNOWN, ROUTE.formatted("{cluster_header: x-cluster}"))).isEmpty();
  }

  @Test
  void followsAFilterByItsTypeUnderAnyName() {
    var tcp =
        """
        {"@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy, \
        stat_prefix: a, cluster: nowhere, access_log: [{name: x, typed_config: \
        {"@type": type.googleapis.com/envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig, \
        common_config: {log_name: l, grpc_service: {envoy_grpc: {cluster_name: logs}}}}}]}\
        """;

    var problems = judge(Bootstrap.UNKNOWN, LISTENER.formatted(tcp));

    assertThat(problems).hasSize(2).allMatch(text -> text.contains("there is no Cluster"));
    assertThat(problems).anyMatch(text -> text.contains("logs"));
  }

  @Test
  void takesAClusterOfTheBootstrapForOne() {
    var known = Bootstrap.UNKNOWN.withClusters(Set.of("jaeger"));

    assertThat(judge(known, ROUTE.formatted("{cluster: jaeger}"))).isEmpty();
    assertThat(judge(known, ROUTE.formatted("{cluster: other}"))).hasSize(1);
  }

  @Test
  void saysNothingOfTheWayToTheControlPlane() {
    var rds =
        """
        {"@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.\
        HttpConnectionManager, stat_prefix: a, rds: {route_config_name: local_route, config_source: \
        {api_config_source: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: xds}}]}}}, \
        http_filters: [{name: r, typed_config: {"@type": \
        type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}]}\
        """;

    assertThat(
            judge(
                Bootstrap.UNKNOWN, LISTENER.formatted(rds), ROUTE.formatted("{cluster_header: a}")))
        .isEmpty();
    assertThat(judge(Bootstrap.UNKNOWN, LISTENER.formatted(rds)))
        .singleElement()
        .asString()
        .contains("there is no RouteConfiguration \"local_route\"");
  }

  @Test
  void asksOnlyItselfForWhatAnotherManagementServerHas() {
    var bootstrap =
        new Bootstrap(
            Map.of(ResourceType.CLUSTER, Set.of("xds", "other")), Set.of("xds"), true, null);
    var cluster =
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: blue
        type: EDS
        eds_cluster_config:
          eds_config: {api_config_source: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: %s}}]}}
        """;

    assertThat(judge(bootstrap, cluster.formatted("other"))).isEmpty();
    assertThat(judge(bootstrap, cluster.formatted("xds")))
        .containsExactly("node1/0.yaml:5:3: error: there is no ClusterLoadAssignment \"blue\"");
    assertThat(judge(bootstrap, cluster.formatted("nobody")))
        .singleElement()
        .asString()
        .contains("the bootstrap has no Cluster \"nobody\"");
  }

  @Test
  void isSureOfAServerOnlyWhereSomethingTellsThatItIsThisOne() {
    var cluster =
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: %s
        type: EDS
        eds_cluster_config:
          eds_config: {api_config_source: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: %s}}]}}
        """;
    var endpoints =
        "{\"@type\": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment,"
            + " cluster_name: green}";
    var agent = "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: agent}";
    var unknown = Bootstrap.UNKNOWN;

    assertThat(judge(unknown, cluster.formatted("blue", "xds_cluster")))
        .containsExactly("node1/0.yaml:5:3: error: there is no ClusterLoadAssignment \"blue\"");
    assertThat(judge(unknown, cluster.formatted("blue", "agent")))
        .containsExactly(
            "node1/0.yaml:5:3: warning: there is no ClusterLoadAssignment \"blue\","
                + " if this program is the server behind cluster \"agent\"");
    assertThat(judge(unknown, cluster.formatted("blue", "agent"), agent)).isEmpty();
    assertThat(
            judge(
                unknown,
                cluster.formatted("blue", "mine"),
                cluster.formatted("green", "mine"),
                endpoints))
        .containsExactly("node1/0.yaml:5:3: error: there is no ClusterLoadAssignment \"blue\"");
  }

  @Test
  void findsTheEndpointsThatAClusterLacksAndThoseThatNobodyAsksFor() {
    var cluster =
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: blue
        type: EDS
        eds_cluster_config: {service_name: blue-svc, eds_config: {ads: {}}}
        """;
    var endpoints =
        "{\"@type\": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment,"
            + " cluster_name: blue}";

    assertThat(judge(Bootstrap.UNKNOWN, cluster, endpoints))
        .containsExactly(
            "node1/0.yaml:4:36: error: there is no ClusterLoadAssignment \"blue-svc\"",
            "node1/1.yaml:1:1: warning: nobody asks for ClusterLoadAssignment \"blue\"");
  }

  @Test
  void tellsWhoAsksTheBootstrapForAServedSecret() {
    var secret =
        "{\"@type\": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret, name:"
            + " cert}";
    var cluster =
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: blue
        transport_socket:
          name: tls
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
            common_tls_context:
              validation_context_sds_secret_config: {name: %s%s}
        """;

    assertThat(judge(Bootstrap.UNKNOWN, cluster.formatted("cert", ""), secret))
        .singleElement()
        .asString()
        .contains("the bootstrap is asked for Secret \"cert\", which is served");
    assertThat(
            judge(Bootstrap.UNKNOWN, cluster.formatted("cert", ", sds_config: {ads: {}}"), secret))
        .isEmpty();
    assertThat(
            judge(Bootstrap.UNKNOWN, cluster.formatted("crt", ", sds_config: {ads: {}}"), secret))
        .hasSize(2)
        .anyMatch(text -> text.contains("there is no Secret \"crt\" (did you mean \"cert\"?)"));
  }

  @Test
  void onlyWarnsOfAnExtensionThatHasADefault() {
    var discovered =
        """
        "@type": type.googleapis.com/envoy.config.listener.v3.Listener
        name: listener_0
        address: {socket_address: {address: 127.0.0.1, port_value: 80}}
        filter_chains: [{filters: [{name: e, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.network.echo.v3.Echo}}]}]
        listener_filters:
        - name: found
          config_discovery:
            config_source: {ads: {}}
            type_urls: [a]
        %s
        """;

    assertThat(judge(Bootstrap.UNKNOWN, discovered.formatted("")))
        .containsExactly("node1/0.yaml:6:9: error: there is no TypedExtensionConfig \"found\"");
    assertThat(
            judge(
                Bootstrap.UNKNOWN,
                discovered.formatted(
                    "    default_config: {\"@type\": type.googleapis.com/google.protobuf.Struct,"
                        + " value: {}}")))
        .containsExactly("node1/0.yaml:6:9: warning: there is no TypedExtensionConfig \"found\"");
  }

  @Test
  void doesNotMissWhatStandsInABrokenResource() {
    var problems =
        judge(
            Bootstrap.UNKNOWN,
            ROUTE.formatted("{cluster: blue}"),
            "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: blue, moon: 1}",
            ROUTE.replace("local_route", "other").formatted("{cluster: gone}"));

    assertThat(problems).hasSize(2);
    assertThat(problems).anyMatch(text -> text.contains("unknown field \"moon\""));
    assertThat(problems).anyMatch(text -> text.contains("there is no Cluster \"gone\""));
  }

  @Test
  void namesTheGroupInWhichACommonResourceIsWrong() {
    var gate = new Gate(Schema.ofApi(), Bootstrap.UNKNOWN);
    var judgement =
        gate.judge(
            new Documents(
                List.of(
                    new Document("_common/r.yaml", ROUTE.formatted("{cluster: blue}")),
                    new Document("a/c.yaml", CLUSTERS),
                    new Document("b/c.yaml", CLUSTERS.replace("blue", "red"))),
                List.of()));

    assertThat(judgement.problems())
        .extracting(Problem::toString)
        .containsExactly("_common/r.yaml:8:22: error: there is no Cluster \"blue\" in group b");
  }

  private static List<String> judge(Bootstrap bootstrap, String... texts) {
    var documents = new ArrayList<Document>();
    for (int i = 0; i < texts.length; i++) {
      documents.add(new Document("node1/" + i + ".yaml", texts[i]));
    }
    return new Gate(Schema.ofApi(), bootstrap)
        .judge(new Documents(documents, List.of())).problems().stream()
            .map(Problem::toString)
            .toList();
  }
}
