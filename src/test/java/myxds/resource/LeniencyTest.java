package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Envoy's own reader takes beyond JSON. */
final class LeniencyTest {
  @Test
  void callsAListenerWithoutANameByItsAddress() {
    var parsed =
        read(
            """
            static_resources:
              listeners:
              - {address: {socket_address: {address: "::", port_value: 80}}}
              - {address: {socket_address: {address: 1.2.3.4, port_value: 53, protocol: UDP}}}
              - {address: {pipe: {path: /run/a.sock}}}
              - {stat_prefix: nowhere}
            """);

    assertThat(parsed.resources())
        .extracting(one -> one.name() + " " + ResourceName.of(one.message()))
        .containsExactly("::_80 ::_80", "1.2.3.4_53_udp 1.2.3.4_53_udp", "/run/a.sock /run/a.sock");
    assertThat(parsed.problems())
        .extracting(problem -> problem.isError() + " " + problem.origin())
        .containsExactly(
            "false node1/a.yaml:3:5",
            "false node1/a.yaml:4:5",
            "false node1/a.yaml:5:5",
            "true node1/a.yaml:6:5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type: strict_dns                        | type: STRICT_DNS
          respect_dns_ttl: yes                    | respect_dns_ttl: true
          respect_dns_ttl: off                    | {}
          dns_resolvers: {pipe: {path: a}}        | dns_resolvers: [{pipe: {path: a}}]
          lb_subset_config: {fallback_policy: any_endpoint, subset_selectors: {keys: a}} | lb_subset_config: {fallback_policy: ANY_ENDPOINT, subset_selectors: [{keys: [a]}]}
          alt_stat_name: 0123                     | alt_stat_name: "0123"
          alt_stat_name: 70696e67                 | alt_stat_name: "70696e67"
          alt_stat_name: 0x1F                     | alt_stat_name: "0x1F"
          alt_stat_name: 1.10                     | alt_stat_name: "1.10"
          per_connection_buffer_limit_bytes: 0x1F | per_connection_buffer_limit_bytes: 31
          max_requests_per_connection: 1e2        | max_requests_per_connection: 100
          common_lb_config: {healthy_panic_threshold: {value: 5e1}} | common_lb_config: {healthy_panic_threshold: {value: 50}}
          metadata: {filter_metadata: {a: {b: yes}}} | metadata: {filter_metadata: {a: {b: "yes"}}}
          """)
  void takesTheSame(String loose, String strict) {
    assertThat(cluster(loose)).isEqualTo(cluster(strict));
  }

  @Test
  void hasNothingAgainstAnAnyOfNothing() {
    var parsed =
        read(
            """
            "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
            name: a
            typed_per_filter_config:
              lua: {"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, config: {}}
            wrong: 1
            """);

    assertThat(parsed.problems()).extracting(one -> one.origin().line()).containsExactly(5);
  }

  private static Cluster cluster(String fields) {
    var parsed =
        read(
            """
            "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
            name: a
            """
                + (fields.equals("{}") ? "" : fields + "\n"));
    assertThat(parsed.problems()).isEmpty();
    return (Cluster) parsed.resources().getFirst().message();
  }

  private static Parsed read(String text) {
    return new ResourceParser(Schema.ofApi()).parse(new Document("node1/a.yaml", text));
  }
}
