package myxds.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import myxds.ProtoFiles;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;

/** What is of an operator's schema is judged like all else. */
final class OwnSchemaTest {
  private static final String ROUTE =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: route
      virtual_hosts:
      - name: all
        domains: ["*"]
        routes:
        - match:
            prefix: /
            cookies:
            - COOKIE
          route: {cluster: nobody}
      """;

  @Test
  void holdsANewFieldAgainstItsRules() throws Exception {
    assertThat(problems("{name: '', string_match: {exact: x}}"))
        .contains("a/r.yaml:10:16: error: name: empty (expected: at least 1 character)");
    assertThat(problems("{name: a}"))
        .contains("a/r.yaml:10:9: error: string_match: not set (expected: a value)");
  }

  @Test
  void followsAReferenceBesideANewField() throws Exception {
    assertThat(problems("{name: a, string_match: {exact: x}}"))
        .singleElement()
        .asString()
        .startsWith("a/r.yaml:11:22: error: ")
        .contains("nobody");
  }

  private static List<String> problems(String cookie) throws Exception {
    var gate = new Gate(Schema.of(ProtoFiles.newer().bytes()), Bootstrap.UNKNOWN);
    var documents = List.of(new Document("a/r.yaml", ROUTE.replace("COOKIE", cookie)));
    return gate.judge(new Documents(documents, List.of())).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}
