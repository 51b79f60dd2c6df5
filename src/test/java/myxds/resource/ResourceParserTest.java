package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceParserTest {
  private final ResourceParser parser = new ResourceParser(Schema.ofApi());

  @Test
  void readsTheListThatEnvoyReadsItself() {
    var parsed =
        parse(
            """
            version_info: "7"
            resources:
            - "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
              name: a
            - "@type": type.googleapis.com/envoy.config.listener.v3.Listener
              name: b
            """);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources())
        .extracting(resource -> resource.id().toString())
        .containsExactly("clusters a", "listeners b");
    assertThat(parsed.resources().get(0).message()).isInstanceOf(Cluster.class);
    assertThat(parsed.resources().get(1).origin()).hasToString("node1/a.yaml:5:3");
  }

  @Test
  void readsSeveralDocumentsOfOneResourceEach() {
    var parsed =
        parse(
            """
            "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
            name: a
            ---
            # nothing here
            ---
            {"@type": "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
             "clusterName": "a"}
            """);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources())
        .extracting(resource -> resource.id().toString())
        .containsExactly("clusters a", "endpoints a");
  }

  @Test
  void mergesWhatAnAliasNamesBehindWhatStandsThere() {
    var parsed =
        parse(
            """
            resources:
            - &base
              "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
              name: a
              connect_timeout: 1s
            - {<<: *base, name: b, connect_timeout: 2s}
            - <<: [{name: c, alt_stat_name: first}, {alt_stat_name: second}, *base]
            """);

    assertThat(parsed.resources())
        .extracting(resource -> (Cluster) resource.message())
        .extracting(c -> c.getName() + c.getConnectTimeout().getSeconds() + c.getAltStatName())
        .containsExactly("a1", "b2", "c1first");
    assertThat(parse("{<<: nothing}").problems())
        .extracting(Problem::message)
        .containsExactly("not YAML: Expected mapping node or an anchor referencing mapping");
  }

  @Test
  void readsTheResourcesOfABootstrapAndSaysWhatItIgnores() {
    var parsed =
        parse(
            """
            admin: {address: {socket_address: {address: 127.0.0.1, port_value: 9901}}}
            static_resources:
              listeners: [{name: l}]
              clusters: [{name: c}]
              secrets: [{name: s}]
            """);

    assertThat(parsed.resources())
        .extracting(resource -> resource.id().toString())
        .containsExactly("listeners l", "clusters c", "secrets s");
    assertThat(parsed.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "node1/a.yaml:1:1: warning: \"admin\" is ignored:"
                + " a control plane serves resources, a bootstrap has the rest");
  }

  @Test
  void takesTheNameFromTheWrapper() {
    var parsed =
        parse(
            """
            resources:
            - "@type": type.googleapis.com/envoy.service.discovery.v3.Resource
              name: xdstp://here/envoy.config.cluster.v3.Cluster/a
              resource:
                "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
                name: a
            """);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources())
        .extracting(Resource::name)
        .containsExactly("xdstp://here/envoy.config.cluster.v3.Cluster/a");
  }

  @Test
  void namesAnEndpointThatStandsAloneByItsWrapper() {
    var name = "xdstp://here/envoy.config.endpoint.v3.LbEndpoint/bbc/1";
    var parsed =
        parse(
            """
            "@type": type.googleapis.com/envoy.service.discovery.v3.Resource
            name: NAME
            resource:
              "@type": type.googleapis.com/envoy.config.endpoint.v3.LbEndpoint
              endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 80}}}
            """
                .replace("NAME", name));

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources())
        .extracting(Resource::id)
        .containsExactly(new ResourceId(ResourceType.LOCALITY_ENDPOINT, name));
  }

  @Test
  void keepsAnyInsideAny() throws Exception {
    var parsed =
        parse(
            """
            "@type": type.googleapis.com/envoy.config.listener.v3.Listener
            name: l
            filter_chains:
            - filters:
              - name: hcm
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  http_filters:
                  - name: router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                      suppress_envoy_headers: true
            """);

    var listener = (Listener) parsed.resources().getFirst().message();
    assertThat(Schema.ofApi().json(listener)).contains("\"suppressEnvoyHeaders\": true");
  }

  @Test
  void keepsTheGoodResourcesBesideABadOne() {
    var parsed =
        parse(
            """
            resources:
            - {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: a, nam: b}
            - {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: c}
            """);

    assertThat(parsed.resources()).extracting(Resource::name).containsExactly("c");
    assertThat(parsed.problems().getFirst().resource())
        .isEqualTo(new ResourceId(ResourceType.CLUSTER, "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a: [1                        | 1:6: error: not YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>
          - 1                          | 1:1: error: a list, not a resource (expected: a mapping)
          name: a                      | 1:1: error: no resource (expected: "resources:", "@type:" or "static_resources:")
          resources: 1                 | 1:12: error: a number (expected: a list of resources)
          resources: [{name: a}]       | 1:13: error: a resource without "@type" (expected: type.googleapis.com/…)
          {resources: [], colour: red} | 1:17: error: unknown key "colour" beside "resources"
          {"@type": CLUSTER}           | 1:1: error: a resource of envoy.config.cluster.v3.Cluster without a name (expected: "name: …")
          {"@type": type.googleapis.com/envoy.config.endpoint.v3.LbEndpoint} | 1:1: error: a resource of envoy.config.endpoint.v3.LbEndpoint without a name (expected: an envoy.service.discovery.v3.Resource around it that has one)
          {"@type": CLUSTER, name: a, conect_timeout: 1s} | 1:73: error: unknown field "conect_timeout" in envoy.config.cluster.v3.Cluster (did you mean "connect_timeout"?)
          {"@type": CLUSTER, name: a, connect_timeout: 1} | 1:90: error: connect_timeout: Failed to parse duration: 1
          {"@type": CLUSTER, name: a, lb_policy: ROUND}   | 1:84: error: lb_policy: "ROUND" (expected: one of ROUND_ROBIN, LEAST_REQUEST,
          {"@type": CLUSTER, name: a, dns_resolvers: 5}   | 1:88: error: a number (expected: the fields of envoy.config.core.v3.Address)
          {"@type": CLUSTER, name: a, connect_timeout: [1s, 2s]} | 1:90: error: connect_timeout: a list (expected: a duration, 2s)
          {"@type": CLUSTER, name: a, connectTimeout: 1s, connect_timeout: 2s} | 1:93: error: field "connect_timeout" stands twice (first as "connectTimeout" at 1:73)
          {"@type": CLUSTER, nam: a, nam: b}              | 1:72: error: key "nam" stands twice (first at 1:64)
          {"@type": CLUSTER, name: a, type: EDS, cluster_type: {name: b}} | 1:84: error: "cluster_type" beside "type" (expected: one)
          {"@type": type.googleapis.com/envoy.config.cluster.v3.Clutser, name: a} | 1:11: error: unknown @type "type.googleapis.com/envoy.config.cluster.v3.Clutser" (did you mean "envoy.config.cluster.v3.Cluster"?)
          {"@type": CLUSTER, name: a, lb_policy: RANDOM, lbPolicy: MAGLEV} | 1:92: error: field "lbPolicy" stands twice (first as "lb_policy" at 1:73)
          {"@type": CLUSTER, name: a, health_checks: [null]} | 1:89: error: health_checks: nothing (expected: a value)
          {"@type": CLUSTER, name: a, health_checks: {a: b}} | 1:89: error: unknown field "a" in envoy.config.core.v3.HealthCheck
          {"@type": CLUSTER, name: a, metadata: {filter_metadata: [a]}} | 1:101: error: filter_metadata: a list (expected: a mapping)
          {"@type": CLUSTER, name: "a"} | 1:72: error: not YAML: a control character
          {"@type": type.googleapis.com/envoy.api.v2.RouteConfiguration, name: a} | 1:11: error: unknown @type "type.googleapis.com/envoy.api.v2.RouteConfiguration" (did you mean "envoy.config.route.v3.RouteConfiguration"?)
          @type: CLUSTER | 1:1: error: not YAML: while scanning for the next token, found character '@' that cannot start any token (expected: quotes around a text)
          {"@type": CLUSTER, name: a, transport_socket: {name: t, typed_config: {"@type": envoy.config.core.v3.Address}}} | 1:125: error: @type: "envoy.config.core.v3.Address" (expected: type.googleapis.com/envoy.config.core.v3.Address)
          {"@type": CLUSTER, name: a, transport_socket: {name: t, typed_config: {"@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext, sin: b}}} | error: unknown field "sin" in envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          """)
  void namesTheRightPlace(String text, String expected) {
    var parsed =
        parse(text.replace("CLUSTER", "type.googleapis.com/envoy.config.cluster.v3.Cluster"));

    assertThat(parsed.resources()).isEmpty();
    assertThat(parsed.problems()).extracting(Problem::toString).anyMatch(p -> p.contains(expected));
  }

  @Test
  void tellsAllFaultsOfAResourceAtOnce() {
    var parsed =
        parse(
            """
            "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
            name: a
            conect_timeout: 1s
            load_assignment:
              cluster_name: a
              endpoints:
              - lb_endpoints:
                - endpoint: {address: {socket_address: {address: b, port_value: many}}}
            """);

    assertThat(parsed.problems())
        .extracting(problem -> problem.origin().toString())
        .containsExactly("node1/a.yaml:3:1", "node1/a.yaml:8:69");
  }

  @Test
  void readsNumbersAsYamlWritesThem() {
    var parsed =
        parse(
            """
            "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
            name: 12
            per_connection_buffer_limit_bytes: 0x400
            load_balancing_policy: ~
            """);

    var cluster = (Cluster) parsed.resources().getFirst().message();
    assertThat(cluster.getName()).isEqualTo("12");
    assertThat(cluster.getPerConnectionBufferLimitBytes().getValue()).isEqualTo(1024);
  }

  private Parsed parse(String text) {
    return parser.parse(new Document("node1/a.yaml", text));
  }
}
