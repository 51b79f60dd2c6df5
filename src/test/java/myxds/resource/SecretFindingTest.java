package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret that stands where it does not fit is not told of in the finding. */
final class SecretFindingTest {
  private static final String SECRET =
      """
      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
      name: s
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generic_secret: {secret: hunter2}"
            + " | 3:26 | (expected: the fields of envoy.config.core.v3.DataSource)",
        "generic_secret: hunter2 | 3:17 | a value that is not shown (expected: the fields of"
            + " envoy.extensions.transport_sockets.tls.v3.GenericSecret)",
        "tls_certificate: {private_key: hunter2}"
            + " | 3:32 | (expected: the fields of envoy.config.core.v3.DataSource)",
        "tls_certificate: {password: {inline_string: {hunter2: 1}}}"
            + " | 3:45 | inline_string: a value that is not shown (expected: string)",
        "tls_certificate: {password: {inline_bytes: hunter2!}}"
            + " | 3:44 | inline_bytes: a value that is not shown (expected: base64)",
        "session_ticket_keys: {keys: hunter2}"
            + " | 3:29 | keys: a value that is not shown (expected: repeated message)",
        "session_ticket_keys: {keys: [hunter2]}"
            + " | 3:30 | (expected: the fields of envoy.config.core.v3.DataSource)",
      })
  void tellsWhereASecretDoesNotFitButNotTheSecret(String field, String place, String expected) {
    var parsed =
        new ResourceParser(Schema.ofApi()).parse(new Document("a.yaml", SECRET + field + "\n"));

    assertThat(parsed.problems())
        .singleElement()
        .asString()
        .startsWith("a.yaml:" + place)
        .endsWith(expected)
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: {hunter2: 1} | hunter2",
        "generic_secret: {secret: {inline_sting: x}} | inline_sting",
      })
  void tellsAllThatIsNone(String fields, String told) {
    var url = "\"@type\": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret\n";
    var parsed = new ResourceParser(Schema.ofApi()).parse(new Document("a.yaml", url + fields));

    assertThat(parsed.problems()).singleElement().asString().contains(told);
  }
}
