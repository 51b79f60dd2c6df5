package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import myxds.diff.GroupDiff;
import myxds.diff.Proposal;
import myxds.resource.Document;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ResourceParser;
import myxds.snapshot.GroupSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiffAnswerTest {
  private static final String PATH = "/api/v1/diff";

  private Asking asking;

  @BeforeEach
  void start() throws IOException {
    asking = new Asking();
  }

  @AfterEach
  void close() {
    asking.close();
  }

  @Test
  void tellsEachChangeAndWhatEnvoysDoAboutIt() throws Exception {
    var served = snapshot("{name: a, connect_timeout: 5s}", "{name: old}");
    var next = snapshot("{name: a, connect_timeout: 6s}", "{name: new}");
    asking.proposal =
        new Proposal.Valid(
            List.of(GroupDiff.between("edge", served, next, Asking.SCHEMA)), Map.of());
    asking.connect("n1", "edge");
    asking.connect("n2", "edge");

    var answer = asking.post(PATH, "{\"files\": {}}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JsonParser.parseString(answer.body()))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"groups": [{"name": "edge", "served": "%s", "next": "%s", "nodes": 2, "held": null, "changes": [
                  {"type": "clusters", "name": "a", "change": "changed", "effect": "warms",
                   "detail": "warms, then replaces the old one, whose connections drain",
                   "file": "edge/a.yaml", "line": 2, "fields": [
                     {"path": "connect_timeout", "before": "5s", "after": "6s", "secret": false}]},
                  {"type": "clusters", "name": "new", "change": "added", "effect": "warms",
                   "detail": "warms, then can be routed to",
                   "file": "edge/a.yaml", "line": 4, "fields": []},
                  {"type": "clusters", "name": "old", "change": "removed", "effect": "drains",
                   "detail": "can no longer be routed to, its connections drain",
                   "file": "edge/a.yaml", "line": 4, "fields": []}]}]}
                """
                    .formatted(served.version(), next.version())));
  }

  @Test
  void saysWhereTheFilesAreWrong() throws Exception {
    asking.proposal =
        new Proposal.Invalid(
            List.of(
                Problem.error(new Origin("edge/a.yaml", 3, 7), "bad"),
                Problem.warning(Origin.of("b.yaml"), "odd")));

    var answer = asking.post(PATH, "{\"files\": {}}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    var json = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(json.get("detail").getAsString())
        .isEqualTo("the files would not be published: 1 error");
    assertThat(json.getAsJsonArray("problems")).hasSize(2);
    assertThat(json.getAsJsonArray("problems").get(0).toString())
        .contains("\"file\":\"edge/a.yaml\"", "\"line\":3", "\"column\":7", "\"message\":\"bad\"");
  }

  @Test
  void readsTheFilesByTheRulesOfTheDirectory() throws Exception {
    var answer =
        asking.post(
            PATH,
            """
            {"files": {"edge/deep/a.yaml": "one", "./edge/b.json": "two", "edge/.hidden.yaml": "",
              "edge/..data/c.yaml": "", "edge/README.md": "", "my-xds.yaml": "", "d.yaml": ""}}
            """);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(asking.proposed.documents())
        .containsExactly(
            new Document("edge/b.json", "two"), new Document("edge/deep/a.yaml", "one"));
    assertThat(asking.proposed.unreadable())
        .extracting(Problem::toString)
        .containsExactly(
            "d.yaml: warning: not in a group's folder: ignored (expected: GROUP/d.yaml)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {broken            | the body is neither a tar nor JSON (expected: a tar of a directory
          []                 | the body has no files (expected: a tar of a directory
          {"files": []}      | the body has no files (expected: a tar of a directory
          {"files": {"a":1}} | files: "a" is no text (expected: the file's content)
          """)
  void saysWhatIsWrongWithTheBody(String body, String detail) throws Exception {
    assertThat(refusal(asking.post(PATH, body), 400)).startsWith(detail);
  }

  @Test
  void takesMoreThanAMebibyte() throws Exception {
    var answer =
        asking.post(PATH, "{\"files\": {\"edge/a.yaml\": \"%s\"}}".formatted("x".repeat(5 << 20)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(asking.proposed.documents().getFirst().text()).hasSize(5 << 20);
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    var answer = asking.post(PATH, " ".repeat((64 << 20) + 1));

    assertThat(refusal(answer, 413)).isEqualTo("the body is too large (expected: at most 64 MiB)");
  }

  private static String refusal(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    return JsonParser.parseString(answer.body()).getAsJsonObject().get("detail").getAsString();
  }

  private static GroupSnapshot snapshot(String... clusters) {
    var yaml = new StringBuilder("resources:\n");
    for (var cluster : clusters) {
      yaml.append("- \"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster\n")
          .append("  <<: %s\n".formatted(cluster));
    }
    var parsed =
        new ResourceParser(Asking.SCHEMA).parse(new Document("edge/a.yaml", yaml.toString()));
    assertThat(parsed.problems()).isEmpty();
    return GroupSnapshot.of(parsed.resources());
  }
}
