package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Refusal;
import myxds.discovery.engine.Standing;
import myxds.fleet.ClientKey;
import myxds.fleet.FleetObserver.Convergence;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API tells of nodes, groups and changes. */
class FleetAnswersTest {
  @TempDir Path folder;
  private Asking asking;

  @BeforeEach
  void serve() throws Exception {
    asking = new Asking(folder);
    publish(Sample.SNAPSHOT);
  }

  @AfterEach
  void close() {
    asking.close();
  }

  private void publish(GroupSnapshot snapshot) {
    asking.state = Sample.ready(Sample.group("edge", GroupState.Standing.PUBLISHED, snapshot));
    var outcome = new Outcome.Published(snapshot, Duration.ofMillis(8));
    asking.changes.judged("edge", outcome);
    asking.events.judged("edge", outcome);
    asking.fleet.judged("edge", outcome);
  }

  /** The node refuses the listener of the newest state. */
  private XdsStream refuses(String id) {
    var stream = Sample.stream(id, "edge");
    var type = ResourceType.LISTENER;
    var listener = Sample.SNAPSHOT.ofType(type).all().getFirst().resource();
    asking.fleet.requested(stream, new Asked(type, "", "", List.of()));
    asking.fleet.nacked(
        stream,
        type,
        new Refusal(
            Sample.SNAPSHOT.version(type), Sample.SNAPSHOT.version(), "cannot bind", listener));
    asking.fleet.moved(
        stream, new Standing(type, List.of("*"), Sample.SNAPSHOT.version(type), "", false, ""));
    return stream;
  }

  @Test
  void givesNodesInPagesThatAreAskedFor() throws Exception {
    asking.connect("a", "edge");
    asking.connect("b", "edge");
    asking.connect("c", "other");

    var first = asking.json("/api/v1/nodes?group=edge&limit=1");

    assertThat(first.getAsJsonArray("nodes").size()).isEqualTo(1);
    assertThat(first.get("total").getAsInt()).isEqualTo(2);
    assertThat(first.get("next").getAsString()).isEqualTo("a");
    var second = asking.json("/api/v1/nodes?group=edge&limit=1&after=a");
    assertThat(second.toString()).contains("\"id\":\"b\"");
    assertThat(second.get("next").isJsonNull()).isTrue();
    assertThat(asking.json("/api/v1/nodes?state=unmatched&q=C").toString())
        .contains("\"id\":\"c\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nodes?limit=0       | limit is \"0\" (expected: 1..1000)",
        "nodes?limit=1001    | limit is \"1001\" (expected: 1..1000)",
        "nodes?limit=many    | limit is \"many\" (expected: 1..1000)",
        "nodes?state=happy   | state is \"happy\" (expected: in_sync, behind, refusing, unmatched,"
            + " gone)",
        "changes?limit=-1    | limit is \"-1\" (expected: 1..200)",
      })
  void saysWhatAParameterMayBe(String path, String detail) throws Exception {
    var answer = asking.get("/api/v1/" + path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().get("detail").getAsString())
        .isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "nodes/nobody, no node nobody is known",
    "nodes/nobody/config_dump, no node nobody is known",
    "groups/none, there is no group none",
    "changes/99, no change 99 is known",
    "changes/x, no change x is known",
  })
  void saysWhatIsNotThere(String path, String detail) throws Exception {
    var answer = asking.get("/api/v1/" + path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains(detail);
  }

  @Test
  void findsANodeByAnyName() throws Exception {
    asking.connect("a/b <c>\n%", "edge");

    assertThat(asking.json("/api/v1/nodes/a%2Fb%20%3Cc%3E%0A%25").get("id").getAsString())
        .isEqualTo("a/b <c>\n%");
  }

  @Test
  void tellsWhyANodeRefusesAndShowsTheLines() throws Exception {
    var lines = "one\n".repeat(19) + "- name: listener_0\n  password: hunter2\nlast\n";
    Files.writeString(Files.createDirectories(folder.resolve("node1")).resolve("a.yaml"), lines);
    refuses("a");

    var node = asking.json("/api/v1/nodes/a");

    assertThat(node.get("state").getAsString()).isEqualTo("refusing");
    assertThat(node.getAsJsonObject("types").getAsJsonObject("listeners").get("nacked"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"version": "%s", "reason": "cannot bind", "at": "2026-11-23T12:00:00Z",
                 "inferred": false, "resource": "listener_0", "file": "node1/a.yaml", "line": 20,
                 "excerpt": [{"line": 19, "text": "one"}, {"line": 20, "text": "- name: listener_0"},
                   {"line": 21, "text": "[not shown]"}, {"line": 22, "text": "last"}]}
                """
                    .formatted(Sample.SNAPSHOT.version(ResourceType.LISTENER))));
  }

  @Test
  void offersAgainOnce() throws Exception {
    refuses("a");

    var first = asking.post("/api/v1/retry", "{\"node\": \"a\"}");
    var second = asking.post("/api/v1/retry", "{\"node\": \"a\"}");

    assertThat(first.body()).isEqualTo("{\"retried\":[\"a\"]}\n");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("nothing is refused by node a");
    assertThat(asking.post("/api/v1/retry", "[]").statusCode()).isEqualTo(400);
    assertThat(asking.post("/api/v1/retry", "{\"nodes\": 1}").statusCode()).isEqualTo(400);
  }

  @Test
  void showsWhatAGroupHolds() throws Exception {
    refuses("a");

    var group = asking.json("/api/v1/groups/edge");

    assertThat(group.get("refusing").getAsInt()).isEqualTo(1);
    assertThat(group.get("held").isJsonNull()).isTrue();
    assertThat(group.getAsJsonArray("resources").get(0))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type": "clusters", "name": "service_bbc", "version": "%s",
                 "file": "node1/a.yaml", "line": 3, "column": 1, "used": false, "references": []}
                """
                    .formatted(
                        Sample.SNAPSHOT.ofType(ResourceType.CLUSTER).all().getFirst().version())));
  }

  @Test
  void tellsWhatChangedAndHowItSpread() throws Exception {
    asking.changes.converged(
        new ClientKey("a", "", 0),
        "edge",
        new Convergence(Sample.SNAPSHOT.version(), Duration.ofMillis(12), true));
    asking.changes.judged(
        "edge",
        new Outcome.Refused(List.of(Problem.error(new Origin("edge/a.yaml", 1, 2), "bad"))));

    var changes = asking.json("/api/v1/changes?group=edge").getAsJsonArray("changes");

    assertThat(changes.get(0).getAsJsonObject().get("message").getAsString())
        .isEqualTo("edge/a.yaml:1:2: error: bad");
    assertThat(changes.get(1))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"id": 1, "group": "edge", "outcome": "published", "version": "%s", "before": null,
                 "at": "2026-11-23T12:00:00Z", "took_ms": 8, "message": null, "nodes": 0,
                 "acked": 1, "nacked": 0, "spread": [[12, 1.0]]}
                """
                    .formatted(Sample.SNAPSHOT.version())));
    var one = asking.json("/api/v1/changes/1").getAsJsonArray("changes");
    assertThat(one.toString()).contains("\"name\":\"listener_0\",\"change\":\"added\"");
    assertThat(asking.json("/api/v1/changes?group=other").getAsJsonArray("changes").isEmpty())
        .isTrue();
    assertThat(asking.json("/api/v1/changes/2").get("changes").isJsonNull()).isTrue();
  }

  @Test
  void saysWhoNackedAStateThatWasRolledBack() throws Exception {
    asking.state = Sample.ready(Sample.rolledBack("edge"));

    var group = asking.json("/api/v1/groups").getAsJsonArray("groups").get(0).getAsJsonObject();

    assertThat(group.get("state").getAsString()).isEqualTo("held");
    assertThat(group.get("held"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"version": "%s", "why": "1 of 2 nodes NACKed it", "cause": "rollback", "nacks": [
                  {"version": "07aa", "reason": "cannot bind", "at": "2026-11-23T12:00:00Z",
                   "inferred": false, "resource": "listener_0", "file": "node1/a.yaml", "line": 20,
                   "node": "edge-1", "type": "listeners"}]}
                """
                    .formatted(Sample.SNAPSHOT.version())));
  }

  @Test
  void saysThatTheGuardHolds() throws Exception {
    asking.state = Sample.ready(Sample.group("edge", GroupState.Standing.HELD, Sample.SNAPSHOT));

    var group = asking.json("/api/v1/groups").getAsJsonArray("groups").get(0).getAsJsonObject();

    assertThat(group.getAsJsonObject("held").get("cause").getAsString()).isEqualTo("guard");
  }
}
