package myxds.resource.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A value that may be a secret is never told, whatever is wrong with it. */
final class SecretsTest {
  private static final String SECRET = "open sesame";

  @Test
  void hidesTheTextOfASensitiveField() {
    var type =
        Ruled.type(
            """
            message_type {
              name: "One"
              field {
                name: "f" number: 1 type: TYPE_STRING
                options {
                  [udpa.annotations.sensitive]: true
                  [validate.rules] { string { prefix: "x" min_len: 20 } }
                }
              }
            }
            """);

    assertThat(type.check("f: \"" + SECRET + '"'))
        .containsExactly(
            "f: f: 11 characters (expected: at least 20 characters)",
            "f: f: a value that is not shown (expected: \"x\" at the beginning)");
  }

  @Test
  void hidesWhatIsBelowASensitiveField() {
    var type =
        Ruled.type(
            """
            message_type {
              name: "One"
              field {
                name: "secret" number: 1 type: TYPE_MESSAGE type_name: ".ruled.Below"
                options { [udpa.annotations.sensitive]: true }
              }
              field { name: "open" number: 2 type: TYPE_MESSAGE type_name: ".ruled.Below" }
            }
            message_type {
              name: "Below"
              field {
                name: "f" number: 1 type: TYPE_UINT32
                options { [validate.rules] { uint32 { lt: 5 } } }
              }
            }
            """);

    assertThat(type.check("secret { f: 7 } open { f: 7 }"))
        .containsExactly(
            "secret.f: f: a value that is not shown (expected: less than 5)",
            "open.f: f: 7 (expected: less than 5)");
  }

  @Test
  void hidesTheValueOfAHeader() {
    var type = Ruled.field("string", "string { well_known_regex: HTTP_HEADER_VALUE }");

    assertThat(type.check("f: \"" + SECRET + "\\n\""))
        .singleElement()
        .asString()
        .doesNotContain("sesame");
  }

  @Test
  void tellsALongTextOnlyInPart() {
    var type = Ruled.field("string", "string { prefix: \"x\" }");

    assertThat(type.check("f: \"" + "a".repeat(1_000) + '"'))
        .containsExactly("f: f: \"" + "a".repeat(80) + "…\" (expected: \"x\" at the beginning)");
  }
}
