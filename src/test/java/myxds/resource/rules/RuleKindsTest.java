package myxds.resource.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule: a value that it takes, one that it does not, and what is told of that. */
final class RuleKindsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          int32    | int32 { const: 3 }             | 3   | 4   | 4 (expected: 3)
          int32    | int32 { lt: 3 }                | -2  | 3   | 3 (expected: less than 3)
          int64    | int64 { lte: 3 }               | 3   | 4   | 4 (expected: at most 3)
          sint32   | sint32 { gt: -3 }              | -2  | -3  | -3 (expected: more than -3)
          sint64   | sint64 { gte: -3 }             | -3  | -4  | -4 (expected: at least -3)
          sfixed32 | sfixed32 { in: 3 in: 5 }       | 5   | 4   | 4 (expected: one of 3, 5)
          sfixed64 | sfixed64 { not_in: 3 }         | 4   | 3   | 3 (expected: not 3)
          int64    | int64 { not_in: 3 not_in: 4 }  | 5   | 4   | 4 (expected: none of 3, 4)
          int32    | int32 { gte: 5 ignore_empty: true } | 0 | 4 | 4 (expected: at least 5)
          uint32   | uint32 { gte: 1 lt: 5 }        | 1   | 0   | 0 (expected: at least 1 and less than 5)
          uint32   | uint32 { gt: 5 lt: 2 }         | 1   | 2   | 2 (expected: less than 2 or more than 5)
          uint32   | uint32 { lte: 9 }              | 9   | 4294967295 | 4294967295 (expected: at most 9)
          fixed32  | fixed32 { gte: 3000000000 }    | 3000000000 | 5 | 5 (expected: at least 3000000000)
          uint64   | uint64 { lte: 9 }              | 0   | 18446744073709551615 | 18446744073709551615 (expected: at most 9)
          fixed64  | fixed64 { gt: 18446744073709551613 } | 18446744073709551614 | 1 | 1 (expected: more than 18446744073709551613)
          float    | float { lt: 0.1 }              | 0   | 0.1 | 0.1 (expected: less than 0.1)
          double   | double { gte: 0 lte: 100 }     | -0.0 | 100.5 | 100.5 (expected: at least 0.0 and at most 100.0)
          double   | double { gte: 0 }              | 0   | nan | NaN (expected: a number)
          double   | double { in: 0.5 ignore_empty: true } | 0 | 1 | 1.0 (expected: one of 0.5)
          bool     | bool { const: true }           | true | false | false (expected: true)
          Color    | enum { const: 1 }              | RED | BLUE | BLUE (expected: RED)
          Color    | enum { defined_only: true }    | BLUE | 7  | 7 (expected: one of NONE, RED, BLUE)
          Color    | enum { in: 1 in: 2 }           | RED | NONE | NONE (expected: one of RED, BLUE)
          Color    | enum { not_in: 0 }             | 7   | NONE | NONE (expected: not NONE)
          """)
  void judgesNumbersAndEnums(String kind, String rules, String right, String wrong, String told) {
    var type = Ruled.field(kind, rules);

    assertThat(type.check("f: " + right)).isEmpty();
    assertThat(type.check("f: " + wrong)).containsExactly("f: f: " + told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          const: "ab"            | ab          | abc     | "abc" (expected: "ab")
          len: 2                 | é€          | a       | 1 character (expected: 2 characters)
          min_len: 1             | a           | ``      | empty (expected: at least 1 character)
          max_len: 2             | 𝄞€          | abc     | 3 characters (expected: at most 2 characters)
          len_bytes: 2           | é           | a       | 1 byte (expected: 2 bytes)
          min_bytes: 2           | é           | a       | 1 byte (expected: at least 2 bytes)
          max_bytes: 3           | €           | €a      | 4 bytes (expected: at most 3 bytes)
          pattern: "^[a-c[]+$"   | a[c         | abcd    | "abcd" (expected: a match of ^[a-c[]+$)
          pattern: "[[:digit:]]+" | 123        | 12a     | "12a" (expected: a match of [[:digit:]]+)
          pattern: "(?P<x>a)"    | a           | aa      | "aa" (expected: a match of (?P<x>a))
          prefix: "%"            | %a          | a%      | "a%" (expected: "%" at the beginning)
          suffix: "%"            | a%          | %a      | "%a" (expected: "%" at the end)
          contains: "b"          | abc         | ac      | "ac" (expected: "b" in it)
          not_contains: "b"      | ac          | abc     | "abc" (expected: no "b" in it)
          in: "a" in: "b"        | b           | c       | "c" (expected: one of "a", "b")
          not_in: "a"            | b           | a       | "a" (expected: not "a")
          min_len: 2 ignore_empty: true | ``   | a       | 1 character (expected: at least 2 characters)
          email: true            | a.b@c.example | a@b@-c | "a@b@-c" (expected: an e-mail address)
          email: true            | Ann <a@b>   | @b      | "@b" (expected: an e-mail address)
          hostname: true         | a-1.b.      | a_1     | "a_1" (expected: a host name)
          hostname: true         | a           | a..b    | "a..b" (expected: a host name)
          ip: true               | ::1         | 1.2.3   | "1.2.3" (expected: an IP address)
          ipv4: true             | 1.2.3.255   | 1.2.3.256 | "1.2.3.256" (expected: an IPv4 address)
          ipv4: true             | 0.0.0.0     | 1.2.3.04 | "1.2.3.04" (expected: an IPv4 address)
          ipv6: true             | 1:2:3:4:5:6:7:8 | 1:2:3:4:5:6:7 | "1:2:3:4:5:6:7" (expected: an IPv6 address)
          ipv6: true             | ::ffff:1.2.3.4 | 1::2::3 | "1::2::3" (expected: an IPv6 address)
          ipv6: true             | fe80::      | :1      | ":1" (expected: an IPv6 address)
          address: true          | 10.0.0.1    | a b     | "a b" (expected: a host name or an IP address)
          uri: true              | a+b://c/%20?d#e | /a  | "/a" (expected: an absolute URI)
          uri: true              | a://u@[::1]:9/b | a://[b] | "a://[b]" (expected: an absolute URI)
          uri_ref: true          | ../a?b      | a b     | "a b" (expected: a URI)
          uri_ref: true          | a/b:c?d:e   | 1:b     | "1:b" (expected: a URI)
          uri_ref: true          | ``          | %2      | "%2" (expected: a URI)
          uuid: true             | 00000000-aaaa-BBBB-1111-222222222222 | 1 | "1" (expected: a UUID)
          well_known_regex: HTTP_HEADER_NAME | :x-A,b | a: | "a:" (expected: the name of an HTTP header)
          well_known_regex: HTTP_HEADER_NAME | a | ``   | "" (expected: the name of an HTTP header)
          well_known_regex: HTTP_HEADER_NAME strict: false | a b | a\\nb | "a\\u{a}b" (expected: no line break and no NUL)
          well_known_regex: HTTP_HEADER_VALUE | a\\tb | a\\177 | a control character at 1 (expected: the value of an HTTP header)
          well_known_regex: HTTP_HEADER_VALUE strict: false | a\\177 | ab\\r | a control character at 2 (expected: the value of an HTTP header)
          """)
  void judgesText(String rules, String right, String wrong, String told) {
    var type = Ruled.field("string", "string { " + rules + " }");

    assertThat(type.check("f: \"" + right + '"')).isEmpty();
    assertThat(type.check("f: \"" + wrong + '"')).containsExactly("f: f: " + told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          const: "ab"                | ab     | abc  | 3 bytes (expected: the bytes of the rule)
          len: 2                     | ab     | a    | 1 byte (expected: 2 bytes)
          min_len: 1                 | a      | ``   | empty (expected: at least 1 byte)
          max_len: 1                 | a      | ab   | 2 bytes (expected: at most 1 byte)
          pattern: "^[ab]+$"         | ab     | c    | 1 byte (expected: a match of ^[ab]+$)
          prefix: "a"                | ab     | b    | 1 byte (expected: the rule's bytes at the beginning)
          suffix: "b"                | ab     | a    | 1 byte (expected: the rule's bytes at the end)
          contains: "bc"             | abcd   | abd  | 3 bytes (expected: the rule's bytes in it)
          in: "a" in: "b"            | b      | c    | 1 byte (expected: one of the rule's values)
          not_in: "a"                | b      | a    | 1 byte (expected: none of the rule's values)
          ip: true                   | abcd   | abc  | 3 bytes (expected: an IP address, 4 or 16 bytes)
          ipv4: true                 | abcd   | abc  | 3 bytes (expected: an IPv4 address, 4 bytes)
          ipv6: true                 | 0123456789abcdef | abcd | 4 bytes (expected: an IPv6 address, 16 bytes)
          min_len: 2 ignore_empty: true | ``  | a    | 1 byte (expected: at least 2 bytes)
          """)
  void judgesBytesWithoutTellingThem(String rules, String right, String wrong, String told) {
    var type = Ruled.field("bytes", "bytes { " + rules + " }");

    assertThat(type.check("f: \"" + right + '"')).isEmpty();
    assertThat(type.check("f: \"" + wrong + '"')).containsExactly("f: f: " + told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Duration | duration { gt {} }                | nanos: 1    | seconds: -1  | -1s (expected: more than 0s)
          Duration | duration { const { seconds: 2 } } | seconds: 2  | seconds: 1 nanos: 500000000 | 1.5s (expected: 2s)
          Duration | duration { gte { seconds: 1 } lt { seconds: 60 } } | seconds: 1 | seconds: 60 | 60s (expected: at least 1s and less than 60s)
          Duration | duration { lte { seconds: 1 } }   | seconds: 1  | seconds: 1 nanos: 1 | 1.000000001s (expected: at most 1s)
          Duration | duration { in { seconds: 1 } in { seconds: 2 } } | seconds: 2 | seconds: 3 | 3s (expected: one of 1s, 2s)
          Duration | duration { not_in { seconds: 1 } } | seconds: 2 | seconds: 1 | 1s (expected: not 1s)
          Duration | duration { gte {} }               | ``          | nanos: 1000000000 | no valid duration (expected: 10000 years at most, seconds and nanos of one sign)
          Timestamp | timestamp { gt { seconds: 0 } }  | seconds: 1  | seconds: -1  | 1969-12-31T23:59:59Z (expected: more than 1970-01-01T00:00Z)
          Timestamp | timestamp { const { seconds: 0 } } | seconds: 0 | seconds: 60 | 1970-01-01T00:01Z (expected: 1970-01-01T00:00Z)
          Timestamp | timestamp { lte { seconds: 60 } } | seconds: 60 | nanos: -1 | no valid timestamp (expected: one of the years 1 to 9999)
          Any      | any { in: "a/b" in: "a/c" }       | type_url: "a/c" | type_url: "a/d" | "a/d" (expected: one of "a/b", "a/c")
          Any      | any { not_in: "a/b" }             | type_url: "a/c" | type_url: "a/b" | "a/b" (expected: not "a/b")
          UInt32Value | uint32 { gte: 2 }              | value: 2    | value: 1     | 1 (expected: at least 2)
          StringValue | string { min_bytes: 1 }        | value: "a"  | ``           | empty (expected: at least 1 byte)
          DoubleValue | double { lt: 1 }               | value: 0    | value: 1     | 1.0 (expected: less than 1.0)
          BoolValue   | bool { const: true }           | value: true | ``           | false (expected: true)
          """)
  void judgesWellKnownMessages(String kind, String rules, String right, String wrong, String told) {
    var type = Ruled.field("google.protobuf." + kind, rules);

    assertThat(type.check("")).isEmpty();
    assertThat(type.check("f { " + right + " }")).isEmpty();
    assertThat(type.check("f { " + wrong + " }")).containsExactly("f: f: " + told);
  }

  @ParameterizedTest
  @CsvSource({
    "google.protobuf.Duration, duration { required: true }",
    "google.protobuf.Timestamp, timestamp { required: true }",
    "google.protobuf.Any, any { required: true }",
    "google.protobuf.UInt32Value, message { required: true } uint32 { gt: 0 }",
    "google.protobuf.UInt32Value, message { required: true }",
  })
  void wantsAMessageThatIsRequired(String kind, String rules) {
    var type = Ruled.field(kind, rules);

    assertThat(type.check("")).containsExactly("f: f: not set (expected: a value)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          repeated { min_items: 1 }  | f: 1      | ``          | f: f: empty (expected: at least 1 item)
          repeated { max_items: 1 }  | f: 1      | f: 1 f: 2   | f: f: 2 items (expected: at most 1 item)
          repeated { unique: true }  | f: 1 f: 2 | f: 1 f: 2 f: 1 | f[2]: f[2]: there before, at 0 (expected: once)
          repeated { items { uint32 { gt: 1 } } } | f: 2 | f: 2 f: 1 | f[1]: f[1]: 1 (expected: more than 1)
          repeated { min_items: 2 ignore_empty: true } | `` | f: 1 | f: f: 1 item (expected: at least 2 items)
          """)
  void judgesLists(String rules, String right, String wrong, String told) {
    var type = Ruled.field("repeated uint32", rules);

    assertThat(type.check(right)).isEmpty();
    assertThat(type.check(wrong)).containsExactly(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          map { min_pairs: 1 }  | f { key: "a" } | `` | f: f: empty (expected: at least 1 item)
          map { max_pairs: 1 }  | f { key: "a" } | f { key: "a" } f { key: "b" } | f: f: 2 items (expected: at most 1 item)
          map { keys { string { min_len: 1 } } } | f { key: "a" } | f { value: 1 } | f[""]: f[""]: empty (expected: at least 1 character)
          map { values { uint32 { lt: 5 } } } | f { key: "a" value: 4 } | f { key: "a" value: 5 } | f["a"]: f["a"]: 5 (expected: less than 5)
          map { no_sparse: true max_pairs: 1 } | f { key: "a" } | f {} f { key: "b" } | f: f: 2 items (expected: at most 1 item)
          map { min_pairs: 2 ignore_empty: true } | `` | f {} | f: f: 1 item (expected: at least 2 items)
          """)
  void judgesMaps(String rules, String right, String wrong, String told) {
    var type = Ruled.map("uint32", rules);

    assertThat(type.check(right)).isEmpty();
    assertThat(type.check(wrong)).containsExactly(told);
  }
}
