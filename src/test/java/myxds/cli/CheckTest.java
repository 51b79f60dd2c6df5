package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckTest {
  private static final Problem ERROR =
      Problem.error(new Origin("node1/a: b,c.yaml", 4, 3), "50% of \"x\"\nis wrong")
          .in(new ResourceId(ResourceType.CLUSTER, "one"));
  private static final Problem WARNING = Problem.warning(Origin.of("_common/ä.yaml"), "unused");

  private final List<Map<String, String>> asked = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private CheckReport report = new CheckReport.Checked(List.of(WARNING, ERROR), 3, 1, 7);

  @Test
  void writesOneLineForEachProblemWithItsPlaceAndCountsThem() {
    assertThat(run("check", "dir")).isEqualTo(1);

    assertThat(out.toString())
        .isEqualTo(
            """
            dir/_common/ä.yaml: warning: unused
            dir/node1/a: b,c.yaml:4:3: error: 50% of "x" is wrong
            """);
    assertThat(err.toString().strip())
        .isEqualTo("1 error, 1 warning in 3 files, 1 group, 7 resources");
  }

  @Test
  void isContentWithWarnings() {
    report = new CheckReport.Checked(List.of(WARNING), 1, 1, 1);

    assertThat(run("check")).isZero();
    assertThat(asked).containsExactly(Map.of("config", "config"));
  }

  @Test
  void saysWhyItCannotCheck() {
    report = new CheckReport.NotChecked(List.of("there is nothing", "and more"));

    assertThat(run("check", "--bootstrap", "envoy.yaml", "dir")).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEqualTo("my-xds: there is nothing\nmy-xds: and more\n");
    assertThat(asked).containsExactly(Map.of("config", "dir", "bootstrap", "envoy.yaml"));
  }

  @Test
  void writesJsonAsTheApiDoes() {
    run("check", "dir", "--format", "json");

    assertThat(JsonParser.parseString(out.toString()))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"problems": [
                  {"group": "_common", "file": "_common/ä.yaml", "line": null, "column": null,
                   "severity": "warning", "message": "unused", "resource": null},
                  {"group": "node1", "file": "node1/a: b,c.yaml", "line": 4, "column": 3,
                   "severity": "error", "message": "50% of \\"x\\"\\nis wrong",
                   "resource": {"type": "clusters", "name": "one"}}]}
                """));
  }

  @Test
  void writesAnnotationsThatGithubReads() {
    run("check", "dir", "--format=github");

    assertThat(out.toString())
        .isEqualTo(
            """
            ::warning file=dir/_common/ä.yaml::unused
            ::error file=dir/node1/a%3A b%2Cc.yaml,line=4,col=3::50%25 of "x"%0Ais wrong
            """);
  }

  @Test
  void writesSarif() {
    run("check", "dir", "--format", "SARIF");

    var log = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(log.get("version").getAsString()).isEqualTo("2.1.0");
    assertThat(log.get("$schema").getAsString()).endsWith("sarif-2.1.0.json");
    var run = log.getAsJsonArray("runs").get(0).getAsJsonObject();
    var driver = run.getAsJsonObject("tool").getAsJsonObject("driver");
    assertThat(driver.get("name").getAsString()).isEqualTo("my-xds");
    assertThat(driver.getAsJsonArray("rules").toString())
        .isEqualTo("[{\"id\":\"clusters\"},{\"id\":\"file\"}]");
    var results = run.getAsJsonArray("results");
    assertThat(place(results.get(0).getAsJsonObject()).toString())
        .isEqualTo("{\"artifactLocation\":{\"uri\":\"dir/_common/%C3%A4.yaml\"}}");
    var second = results.get(1).getAsJsonObject();
    assertThat(second.get("level").getAsString()).isEqualTo("error");
    assertThat(place(second).toString())
        .isEqualTo(
            "{\"artifactLocation\":{\"uri\":\"dir/node1/a%3A%20b%2Cc.yaml\"},"
                + "\"region\":{\"startLine\":4,\"startColumn\":3}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "sarif"})
  void writesWholeDocumentsWhenNothingIsWrong(String format) {
    report = new CheckReport.Checked(List.of(), 0, 0, 0);

    assertThat(run("check", "--format", format)).isZero();

    assertThat(JsonParser.parseString(out.toString()).isJsonObject()).isTrue();
  }

  private static JsonObject place(JsonObject result) {
    return result
        .getAsJsonArray("locations")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("physicalLocation");
  }

  private int run(String... args) {
    Checking checking =
        flags -> {
          asked.add(flags);
          return report;
        };
    var none = CommandLineTest.NO_PARTS;
    return Commands.commandLine(
            Object.class, new Commands.Parts(none.serving(), checking, none.watching()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
