package myxds.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  private static final String ODD = "it's \"odd\" \\ and\nlong: größer, 鍵";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad password hunter2hunter2 here",
        "inline_string: 'hunter2hunter2'",
        "inline_string: \"hunter2hunter2\"",
        "xhunter2hunter2x",
        "aHVudGVyMmh1bnRlcjI=",
        "Basic aHVudGVyMmh1bnRlcjI, refused",
      })
  void findsALongValueWhereverItStands(String text) {
    var shown = secrets("hunter2hunter2").hideIn(text);

    assertThat(shown).contains("[redacted]").doesNotContain("hunter", "aHVudGVy");
  }

  static Stream<String> quotations() {
    var source = DataSource.newBuilder().setInlineString(ODD).build();
    return Stream.of(
        ODD,
        TextFormat.printer().printToString(source),
        TextFormat.printer().escapingNonAscii(false).printToString(source),
        new JsonPrimitive(ODD).toString(),
        new JsonPrimitive(new JsonPrimitive(ODD).toString()).toString(),
        new JsonPrimitive(TextFormat.printer().printToString(source)).toString(),
        "inline_string: '" + ODD.replace("'", "''") + "'",
        new JsonPrimitive(ODD).toString().replace("ö", "\\u00f6"),
        Base64.getEncoder().encodeToString(ODD.getBytes(UTF_8)),
        Base64.getUrlEncoder().withoutPadding().encodeToString(ODD.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("quotations")
  void findsAValueHoweverItIsQuoted(String quoted) {
    var shown = secrets(ODD).hideIn("before " + quoted + " after");

    assertThat(shown)
        .startsWith("before ")
        .endsWith(" after")
        .contains("[redacted]")
        .doesNotContain("odd", "long", "er, ")
        .hasSizeLessThan(60);
  }

  @Test
  void findsTheTokenBehindTheScheme() {
    assertThat(secrets("Bearer abcdefgh12345").hideIn("token 'abcdefgh12345' is not valid"))
        .isEqualTo("token '[redacted]' is not valid");
  }

  @Test
  void findsTheLinesOfAKey() {
    var key = "-----BEGIN EC KEY-----\nMHcCAQEEIGZha2VrZXk=\n-----END EC KEY-----\n";

    assertThat(secrets(key).hideIn("| MHcCAQEEIGZha2VrZXk=\n| -----END"))
        .isEqualTo("| [redacted]\n| -----END");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"abc123\"", "'abc123'", "password: abc123, x", "=abc123", "\\\"abc123\\\""})
  void findsAShortValueThatStandsByItself(String text) {
    assertThat(secrets("abc123").hideIn(text)).contains("[redacted]").doesNotContain("abc123");
  }

  @Test
  void leavesAWordThatHoldsAShortValue() {
    assertThat(secrets("list", "a").hideIn("a listener: 'a', \"list\""))
        .isEqualTo("a listener: '[redacted]', \"[redacted]\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key: \"hunter2hun...(truncated)",
        "key: \"hunter2hun",
        "key: \"hunter2hun\\",
        "key: \"hunter2hun\\3...(truncated)"
      })
  void findsAValueThatIsCutOff(String text) {
    assertThat(secrets("hunter2hunäter2").hideIn(text))
        .startsWith("key: \"[redacted]")
        .doesNotContain("hunter");
  }

  @Test
  void leavesATextWithoutSecretsAsItIs() {
    var text = "Didn't find \\ 'a' “quoted” \\n \\101";

    assertThat(secrets("hunter2hunter2", "").hideIn(text)).isEqualTo(text);
    assertThat(Secrets.NONE.hideIn(text)).isEqualTo(text);
  }

  private static Secrets secrets(String... values) {
    return Secrets.of(List.of(values).stream().map(ByteString::copyFromUtf8).toList());
  }
}
