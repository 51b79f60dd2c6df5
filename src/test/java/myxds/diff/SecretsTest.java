package myxds.diff;

import static myxds.diff.Compared.change;
import static myxds.diff.Compared.fields;
import static myxds.diff.Compared.listener;
import static myxds.diff.Compared.route;
import static myxds.diff.Compared.secret;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Old values are {@code 0ld} and new ones {@code n3w}: neither is ever told. */
final class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tls_certificate: {private_key: {inline_string: %s}} | tls_certificate.private_key
          tls_certificate: {certificate_chain: {inline_string: %s}} | tls_certificate.certificate_chain.inline_string
          tls_certificate: {password: {filename: %s}} | tls_certificate.password
          tls_certificate: {signed_certificate_timestamp: [{inline_string: %s}]} | tls_certificate.signed_certificate_timestamp
          generic_secret: {secret: {inline_string: %s}} | generic_secret.secret
          generic_secret: {secrets: {%s: {inline_string: x}}} | generic_secret.secrets
          session_ticket_keys: {keys: [{inline_string: %s}]} | session_ticket_keys.keys
          validation_context: {trusted_ca: {inline_string: %s}} | validation_context.trusted_ca.inline_string
          """)
  void tellsOfASecretOnlyWhereItChanged(String yaml, String path) {
    var fields = fields(secret(yaml.formatted("0ld")), secret(yaml.formatted("n3w")));

    assertThat(fields).containsExactly(path + ": (secret)");
  }

  @Test
  void tellsNothingOfANewSecret() {
    var change =
        change(
            secret("tls_certificate: {private_key: {inline_string: 0ld}}"),
            secret("generic_secret: {secret: {inline_string: n3w}}"));

    assertThat(change.toString())
        .contains("tls_certificate", "generic_secret")
        .doesNotContain("0ld", "n3w");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          value: %s | value
          raw_value: %s | raw_value
          """)
  void hidesATellingHeaderWhereverItStands(String yaml, String path) {
    var header = "request_headers_to_add: [{header: {key: authorization, %s}}]";

    var fields =
        fields(
            route(header.formatted(yaml.formatted("\"MGxkMGxk\""))),
            route(header.formatted(yaml.formatted("\"bjN3bjN3\""))));

    assertThat(fields)
        .containsExactly(
            "request_headers_to_add[\"authorization\"].header.%s: (secret)".formatted(path));
  }

  @Test
  void hidesWhatAnAdditionHolds() {
    var fields =
        fields(
            route(""), route("request_headers_to_add: [{header: {key: x-api-key, value: n3w}}]"));

    assertThat(fields)
        .containsExactly(
            "request_headers_to_add[\"x-api-key\"]: null →"
                + " {header: {key: x-api-key, value: (secret)}}");
  }

  @Test
  void hidesSecretsInsidePackedMessages() {
    var fields = fields(listener(tls("0ld", "")), listener(tls("n3w", "")));

    assertThat(fields)
        .containsExactly(
            "filter_chains[0].transport_socket.typed_config.common_tls_context"
                + ".tls_certificates[0].private_key: (secret)");
  }

  @Test
  void hidesSecretsInAPackedMessageThatIsNew() {
    var fields = fields(listener(""), listener(tls("n3w", "")));

    assertThat(fields).hasSize(1).allSatisfy(line -> assertThat(line).doesNotContain("n3w"));
    assertThat(fields.getFirst()).contains("private_key: (secret)");
  }

  @Test
  void hidesMetadataOfATellingName() {
    var yaml = "metadata: {filter_metadata: {m: {db: {password: %s}, region: eu}}}";

    assertThat(fields(listener(yaml.formatted("0ld")), listener(yaml.formatted("n3w"))))
        .containsExactly("metadata.filter_metadata[\"m\"][\"db\"][\"password\"]: (secret)");
    assertThat(fields(listener(""), listener(yaml.formatted("n3w"))))
        .containsExactly(
            "metadata: null → {filter_metadata: {m: {db: {password: (secret)}, region: eu}}}");
  }

  private static String tls(String key, String more) {
    return """
    filter_chains:
    - transport_socket:
        name: tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          common_tls_context: {tls_certificates: [{private_key: {inline_string: %s}}]}
          %s
    """
        .formatted(key, more);
  }
}
