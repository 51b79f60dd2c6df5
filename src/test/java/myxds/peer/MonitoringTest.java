package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import myxds.TestDaemon;
import myxds.gate.conflict.Certified;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What examples/monitoring and docs/operating.md say of the metrics is so on a real daemon. */
final class MonitoringTest {
  private static final Path EXAMPLES = Path.of("examples", "monitoring");
  private static final Path PAGE = Path.of("docs", "operating.md");

  /** Labels that Prometheus gives, and its own metric. */
  private static final Set<String> ITS_LABELS = Set.of("instance", "job");

  private static final String ITS_METRIC = "up";

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(myxds_\\w+)` \\| (\\w+) \\|([^|]*)\\|");

  @TempDir private static Path folder;
  private static Exposition metrics;

  @BeforeAll
  static void asksADaemonThatWasAsked() throws IOException {
    var config = Files.createDirectories(folder.resolve("config/node1")).getParent();
    Files.writeString(config.resolve("node1/a.yaml"), secret());
    try (var daemon = TestDaemon.ready(config)) {
      assertThat(daemon.fetch("secrets", "{\"node\":{\"id\":\"node1\"}}").statusCode())
          .isEqualTo(200);
      metrics = new Exposition(daemon.get("/metrics").body());
    }
  }

  private static String secret() {
    var certified = Certified.self("EC", "monitoring");
    return """
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
    name: tls
    tls_certificate:
      certificate_chain: {inline_string: "%s"}
      private_key: {inline_string: "%s"}
    """
        .formatted(escaped(certified.certificate()), escaped(certified.key()));
  }

  private static String escaped(String pem) {
    return pem.replace("\n", "\\n");
  }

  @Test
  void nothingIsWrongWithTheMetrics() throws Exception {
    var text = Files.writeString(folder.resolve("metrics"), metrics.text());

    var verdict = Tool.promtool().run(text, "check", "metrics");

    assertThat(verdict).isEqualTo(new Tool.Verdict(0, ""));
  }

  @Test
  void theExamplesAreValid() throws Exception {
    var verdict = promtool("check", "config", EXAMPLES.resolve("prometheus.yml").toString());

    assertThat(verdict.exitCode()).as(verdict.said()).isZero();
    assertThat(verdict.said()).contains(alerts().size() + " rules found");
  }

  @Test
  void theAlertsFireWhenTheyShould() throws Exception {
    var verdict = promtool("test", "rules", EXAMPLES.resolve("alerts_test.yml").toString());

    assertThat(verdict.exitCode()).as(verdict.said()).isZero();
    assertThat(verdict.said()).contains("SUCCESS");
  }

  @Test
  void everyAlertIsTriedBothWays() throws IOException {
    var fires = new TreeSet<String>();
    var isSilent = new TreeSet<String>();
    for (var test : list(yaml("alerts_test.yml"), "tests")) {
      for (var trial : list(test, "alert_rule_test")) {
        (list(trial, "exp_alerts").isEmpty() ? isSilent : fires).add(text(trial, "alertname"));
      }
    }

    var names = alerts().stream().map(alert -> text(alert, "alert")).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(fires).containsExactlyInAnyOrderElementsOf(names);
    assertThat(isSilent).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void thePrometheusUnderstandsTheDashboard() throws Exception {
    var rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    for (var query : dashboard()) {
      var expression = query.text().replaceAll("\\$\\w+", "1m").replace("'", "''");
      rules.append("  - record: a\n    labels: {number: \"").append(rules.length());
      rules.append("\"}\n    expr: '").append(expression).append("'\n");
    }
    var file = Files.writeString(folder.resolve("dashboard.yml"), rules);

    var verdict = promtool("check", "rules", file.toString());

    assertThat(verdict.exitCode()).as(verdict.said()).isZero();
  }

  @Test
  void whatIsAskedForIsThere() throws IOException {
    var queries = dashboard();
    alerts().forEach(alert -> queries.add(new Query(text(alert, "expr"))));

    assertThat(queries).hasSizeGreaterThan(40);
    assertThat(queries)
        .allSatisfy(query -> {
          var asked = query.metrics();
          asked.remove(ITS_METRIC);
          assertThat(asked).isSubsetOf(metrics.metrics());
          assertThat(query.selectors())
              .filteredOn(selector -> !selector.metric().equals(ITS_METRIC))
              .allMatch(MonitoringTest::isThere);
        });
  }

  private static boolean isThere(Query.Selector asked) {
    return metrics.series().stream()
        .filter(series -> series.metric().equals(asked.metric()))
        .anyMatch(series ->
            asked.labels().stream()
                    .allMatch(
                        label -> ITS_LABELS.contains(label) || series.labels().containsKey(label))
                && asked.exact().entrySet().stream()
                    .allMatch(entry ->
                        ITS_LABELS.contains(entry.getKey())
                            || entry.getValue().equals(series.labels().get(entry.getKey()))));
  }

  @Test
  void thePageHasARunbookForEachAlertThatNamesIt() throws IOException {
    var sections = sections();

    assertThat(alerts())
        .allSatisfy(alert -> {
          var place = text(map(alert, "annotations"), "runbook_url").split("#", 2);
          assertThat(Path.of(place[0])).isEqualTo(PAGE);
          assertThat(sections).containsKey(place[1]);
          assertThat(sections.get(place[1])).contains("`" + text(alert, "alert") + "`");
        });
  }

  /** Text by anchor. */
  private static Map<String, String> sections() throws IOException {
    var sections = new TreeMap<String, String>();
    for (var section : Files.readString(PAGE).split("(?m)^#+ ", -1)) {
      var lines = section.split("\n", 2);
      if (lines.length == 2) {
        var anchor =
            lines[0].toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
        sections.put(anchor, lines[1]);
      }
    }
    return sections;
  }

  @Test
  void thePageListsTheMetricsWithTheirTypesAndLabels() throws IOException {
    var page = new TreeMap<String, String>();
    ROW.matcher(Files.readString(PAGE))
        .results()
        .forEach(row -> page.put(row.group(1), row.group(2) + " " + row.group(3).strip()));

    var daemon = new TreeMap<String, String>();
    metrics
        .types()
        .forEach((family, type) -> {
          if (family.startsWith("myxds_")) {
            var labels =
                metrics.labels(family).stream()
                    .map(label -> "`" + label + "`")
                    .collect(Collectors.joining(", "));
            daemon.put(family, type + " " + labels);
          }
        });
    assertThat(page).isEqualTo(daemon);
  }

  private static Tool.Verdict promtool(String... arguments) throws Exception {
    return Tool.promtool().run(Path.of("/dev/null"), arguments);
  }

  /** All queries of the dashboard. */
  private static List<Query> dashboard() throws IOException {
    var json = JsonParser.parseString(Files.readString(EXAMPLES.resolve("dashboard.json")));
    var found = new ArrayList<Query>();
    collect(json, found);
    return found;
  }

  private static void collect(JsonElement json, List<Query> found) {
    if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(one -> collect(one, found));
    } else if (json.isJsonObject()) {
      json.getAsJsonObject()
          .asMap()
          .forEach((key, value) -> {
            if (key.equals("expr")) {
              found.add(new Query(value.getAsString()));
            } else {
              collect(value, found);
            }
          });
    }
  }

  private static List<Map<?, ?>> alerts() throws IOException {
    return list(list(yaml("alerts.yml"), "groups").getFirst(), "rules");
  }

  private static Map<?, ?> yaml(String file) throws IOException {
    var load = new Load(LoadSettings.builder().build());
    return (Map<?, ?>) load.loadFromString(Files.readString(EXAMPLES.resolve(file)));
  }

  private static List<Map<?, ?>> list(Map<?, ?> map, String key) {
    var elements = new ArrayList<Map<?, ?>>();
    ((List<?>) map.get(key)).forEach(element -> elements.add((Map<?, ?>) element));
    return elements;
  }

  private static Map<?, ?> map(Map<?, ?> map, String key) {
    return (Map<?, ?>) map.get(key);
  }

  private static String text(Map<?, ?> map, String key) {
    return String.valueOf(map.get(key));
  }
}
