package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Envoy's own reader takes beyond JSON, and numbers where a text belongs. */
final class LooseFormTest {
  private final ResourceParser parser = new ResourceParser(Schema.ofApi());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type: strict_dns                                  | type: STRICT_DNS
          type: 'Strict_Dns'                                | type: STRICT_DNS
          dns_refresh_rate: {seconds: 5}                    | dns_refresh_rate: 5s
          dns_refresh_rate: {nanos: 3, seconds: '5'}        | dns_refresh_rate: 5.000000003s
          cleanup_interval: {seconds: -1}                   | cleanup_interval: -1s
          perConnectionBufferLimitBytes: {value: 5}         | per_connection_buffer_limit_bytes: 5
          respect_dns_ttl: yes                              | respect_dns_ttl: true
          respect_dns_ttl: Off                              | respect_dns_ttl: false
          typed_dns_resolver_config: {typed_config: {}}     | typed_dns_resolver_config: {typed_config: {}}
          load_assignment: {endpoints: {priority: 1}}       | load_assignment: {endpoints: [{priority: 1}]}
          health_checks: {alt_port: {value: 1}}             | health_checks: [{alt_port: 1}]
          respect_dns_ttl: off | respect_dns_ttl: false
          dns_resolvers: {pipe: {path: a}} | dns_resolvers: [{pipe: {path: a}}]
          lb_subset_config: {fallback_policy: any_endpoint, subset_selectors: {keys: a}} | lb_subset_config: {fallback_policy: ANY_ENDPOINT, subset_selectors: [{keys: [a]}]}
          alt_stat_name: 0123 | alt_stat_name: "0123"
          alt_stat_name: 70696e67 | alt_stat_name: "70696e67"
          alt_stat_name: 0x1F | alt_stat_name: "0x1F"
          alt_stat_name: 1.10 | alt_stat_name: "1.10"
          per_connection_buffer_limit_bytes: 0x1F | per_connection_buffer_limit_bytes: 31
          max_requests_per_connection: 1e2 | max_requests_per_connection: 100
          common_lb_config: {healthy_panic_threshold: {value: 5e1}} | common_lb_config: {healthy_panic_threshold: {value: 50}}
          metadata: {filter_metadata: {a: {b: yes}}} | metadata: {filter_metadata: {a: {b: "yes"}}}
          """)
  void readsWhatEnvoyReads(String loose, String strict) {
    assertThat(message(loose)).isEqualTo(message(strict));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type: round-robin              | type: "round-robin" (expected: one of STATIC,
          dns_refresh_rate: {seconds: x} | a mapping (expected: a duration, 2s)
          dns_refresh_rate: {hours: 5}   | a mapping (expected: a duration, 2s)
          respect_dns_ttl: maybe         | Invalid bool value: "maybe"
          respect_dns_ttl: 1             | Invalid bool value: 1
          outlier_detection: [{}]        | a list (expected: the fields of
          """)
  void refusesWhatEnvoyRefuses(String text, String said) {
    assertThat(parse(text).problems()).singleElement().asString().contains(said);
  }

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

  @Test
  void knowsNoFormOfAMessageThatWrapsNothing() {
    var field = FileDescriptorSet.getDescriptor().findFieldByName("file");

    assertThat(JsonForm.of(field)).isEqualTo(new JsonForm("a mapping", true));
  }

  private Message message(String fields) {
    var parsed = parse(fields);
    assertThat(parsed.problems()).isEmpty();
    return parsed.resources().getFirst().message();
  }

  private Parsed parse(String fields) {
    var text =
        "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: blue, %s}"
            .formatted(fields);
    return read(text);
  }

  private Parsed read(String text) {
    return parser.parse(new Document("node1/a.yaml", text));
  }
}
