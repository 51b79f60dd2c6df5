package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real Envoy 1.40 reads as the same; it was asked with each. */
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

  private Message message(String fields) {
    var parsed = parse(fields);
    assertThat(parsed.problems()).isEmpty();
    return parsed.resources().getFirst().message();
  }

  private Parsed parse(String fields) {
    var text =
        "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: blue, %s}"
            .formatted(fields);
    return parser.parse(new Document("node1/a.yaml", text));
  }
}
