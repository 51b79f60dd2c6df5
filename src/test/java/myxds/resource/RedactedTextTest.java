package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactedTextTest {

  @Test
  void hidesInlineValues() {
    var text =
        RedactedText.of("key { inline_string: \"a\\\"b\" } and {\"inlineBytes\":\"c2Vj\"} ends");

    assertThat(text)
        .isEqualTo(
            "key { inline_string: \"[redacted]\" } and {\"inlineBytes\":\"[redacted]\"} ends");
  }

  @Test
  void hidesAPrivateKeyWhereverItStands() {
    var text =
        RedactedText.of(
            "bad -----BEGIN RSA PRIVATE KEY-----\nabc=\n-----END RSA PRIVATE KEY-----!");

    assertThat(text).isEqualTo("bad [redacted]!");
  }

  @Test
  void hidesAValueThatIsCutOff() {
    assertThat(RedactedText.of("inline_string: \"abc\\")).isEqualTo("inline_string: \"[redacted]");
  }

  @Test
  void hidesAVeryLongValue() {
    var text = RedactedText.of("inline_string: \"" + "\\n".repeat(1_000_000) + "\" after");

    assertThat(text).isEqualTo("inline_string: \"[redacted]\" after");
  }

  @Test
  void shortensABook() {
    assertThat(RedactedText.of("x".repeat(1_000_000))).hasSizeLessThan(5_000).endsWith("…");
  }
}
