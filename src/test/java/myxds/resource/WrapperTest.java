package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WrapperTest {
  private final ResourceParser parser = new ResourceParser(Schema.ofApi());

  @Test
  void readsHowAResourceIsToBeDelivered() {
    var parsed = parse("ttl: 1.5s, aliases: [b, 'xdstp://x/t/c?b=2&a=1']");

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources())
        .extracting(Resource::delivery)
        .containsExactly(
            new Delivery(Duration.ofMillis(1500), List.of("b", "xdstp://x/t/c?a=1&b=2")));
  }

  @ParameterizedTest
  @CsvSource({"version: '7'", "name: a", "ttl: ~", "aliases: []"})
  void deliversPlainlyWhatSaysNothingElse(String field) {
    var parsed = parse(field);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.resources())
        .extracting(Resource::name, Resource::delivery)
        .containsExactly(tuple("a", Delivery.PLAIN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ttl: 0s          | 2:75: error: ttl: 0s (expected: more than 0s)
          ttl: -1s         | 2:75: error: ttl: -1s (expected: more than 0s)
          ttl: 5           | 2:75: error: ttl: Failed to parse duration: 5
          ttl: soon        | 2:75: error: ttl: Failed to parse duration: "soon"
          aliases: b       | 2:79: error: aliases: a text (expected: a list)
          aliases: [b, ""] | 2:83: error: aliases: "" (expected: a name)
          aliases: [[b]]   | 2:80: error: aliases: a list (expected: a name)
          name: {b: c}     | 2:76: error: name:
          alias: [b]       | 2:70: error: unknown field "alias" in envoy.service.discovery.v3.Resource (did you mean "aliases"?)
          cache_control: {do_not_cache: true} | 2:70: warning: "cache_control" of the wrapper is not delivered
          resourceName: {name: b}             | 2:70: warning: "resourceName" of the wrapper is not delivered
          metadata: {}                        | 2:70: warning: "metadata" of the wrapper is not delivered
          """)
  void saysWhereAWrapperIsWrong(String field, String expected) {
    var parsed = parse(field);

    assertThat(parsed.problems()).singleElement().asString().startsWith("node1/a.yaml:" + expected);
  }

  private Parsed parse(String field) {
    return parser.parse(
        new Document(
            "node1/a.yaml",
            """
            resources:
            - {"@type": type.googleapis.com/envoy.service.discovery.v3.Resource, FIELD,
               resource: {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: a}}
            """
                .replace("FIELD", field)));
  }
}
