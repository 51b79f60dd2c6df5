package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text may not cost, and what is not repeated of it. */
final class HostileTextTest {
  private final ResourceParser parser = new ResourceParser(Schema.ofApi());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generic_secret: HIDDEN",
        "generic_secret: {secret: HIDDEN}",
        "generic_secret: {secret: {inline_string:HIDDEN}}",
        "generic_secret: {secret: {inline_string: !HIDDEN}}",
        "generic_secret: {secret: {inline_string: !HIDDEN!x}}",
        "generic_secret: {secret: {inline_string: *HIDDEN}}",
        "tls_certificate: [{private_key: {inline_string: HIDDEN}}]",
        "tls_certificate: {private_key: HIDDEN}",
        "tls_certificate: {password: [HIDDEN]}",
        "tls_certificate: {ocsp_staple: {inline_bytes: {a: HIDDEN}}}",
        "session_ticket_keys: {keys: HIDDEN}",
        "tls_certificate: {private_key: [HIDDEN]}",
        "tls_certificate: {private_key: {inline_string: [HIDDEN, HIDDEN]}}",
        "tls_certificate: {private_key: {inline_string: {HIDDEN: HIDDEN}}}",
        "tls_certificate: {private_key: {inline_bytes: HIDDEN!}}",
        "tls_certificate: HIDDEN",
        "session_ticket_keys: {keys: [HIDDEN]}",
        "session_ticket_keys: {keys: {a: HIDDEN}}",
        "generic_secret: {secret: {inline_string: 1}, secrets: HIDDEN}",
        "generic_secret: {secret: {inline_string: HIDDEN, inline_bytes: HIDDEN}}",
        "generic_secret: {secret: {inline_string: !HIDDEN a}}",
        "generic_secret: {secret: {inline_string: HIDDEN}",
      })
  void doesNotRepeatASecretThatStandsInAWrongPlace(String field) {
    var parsed =
        parse(
            """
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
            name: a
            """
                + field);

    assertThat(parsed.problems()).isNotEmpty();
    assertThat(parsed.problems())
        .extracting(Problem::toString)
        .noneMatch(p -> p.contains("HIDDEN"));
  }

  @Test
  void quotesAtMostAPage() {
    var parsed =
        parse("\"@type\": type.googleapis.com/envoy.config.cluster.v3." + "x".repeat(100_000));

    assertThat(parsed.problems().getFirst().message()).hasSize(4_001);
  }

  @Test
  void boundsWhatAliasesMakeOfAPage() {
    var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
    }

    var parsed = parse(text.toString());

    assertThat(parsed.problems())
        .extracting(Problem::message)
        .anyMatch(message -> message.startsWith("too many values"));
  }

  @Test
  void refusesAnAliasThatContainsItself() {
    assertThat(parse("a: &a [*a]").problems())
        .extracting(Problem::message)
        .containsExactly("not YAML: an alias that contains itself");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void boundsNesting(String open) {
    var parsed = parse(open.repeat(100_000));

    assertThat(parsed.problems()).hasSize(1);
    assertThat(parsed.problems().getFirst().message()).contains("nested too deeply");
  }

  private Parsed parse(String text) {
    return parser.parse(new Document("node1/a.yaml", text));
  }
}
