package myxds.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.regex.Pattern;
import myxds.ui.StubDaemon.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people see and do in each view. */
final class PageTest {
  private static Chromium chromium;
  private Window window;

  @BeforeAll
  static void launch() {
    chromium = new Chromium();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    window = new Window(chromium);
  }

  @AfterEach
  void closeWithoutAFault() {
    var faults = window.faults();
    window.close();

    assertThat(faults).isEmpty();
  }

  @Test
  void countsTheNodesOfEachStateAndSaysWhyOneIsNotInSync() {
    window.open("");

    assertThat(window.tile("all nodes")).hasText("3 all nodes");
    assertThat(window.tile("refusing")).hasText("1 refusing");
    assertThat(window.rows("Nodes")).hasCount(3);
    assertThat(window.row("Nodes", "node1")).containsText("refusing");
    assertThat(window.row("Nodes", "node1"))
        .containsText("listeners refused at node1/listener.yaml:12: Error adding/updating");
    assertThat(window.row("Nodes", "edge-eu-2")).containsText("wait for clusters [checkout]");
    assertThat(window.row("Nodes", "edge-eu-1")).containsText("in sync");
  }

  @Test
  void showsTheProblemsOfTheNewestStateWithTheirPlace() {
    window.open("");

    assertThat(window.heading("Problems of the newest state 2")).isVisible();
    assertThat(window.page.locator(".problems li").first()).containsText("new/cluster.yaml:4:18");
    assertThat(window.page.locator(".problems li").first())
        .containsText("connect_timeout: Failed to parse duration: 1");
  }

  @Test
  void filtersByStateAndBySearchInTheAddress() {
    window.daemon.answer("/api/v1/nodes", Fleet.of(300)::answer);
    window.open("");

    window.tile("refusing").click();
    assertThat(window.rows("Nodes")).hasCount(3);
    window.page.getByRole(AriaRole.SEARCHBOX).fill("node-00100");

    assertThat(window.rows("Nodes")).hasCount(1);
    assertThat(window.page).hasURL(Pattern.compile(".*#/\\?state=refusing&q=node-00100$"));
    assertThat(window.page.getByRole(AriaRole.SEARCHBOX)).isFocused();
    assertThat(window.tile("refusing")).hasAttribute("aria-current", "true");
  }

  @Test
  void showsWhatAnAddressSays() {
    window.daemon.answer("/api/v1/nodes", Fleet.of(300)::answer);

    window.open("#/?state=refusing&group=edge&q=node-002");

    assertThat(window.rows("Nodes")).hasCount(1);
    assertThat(window.page.getByRole(AriaRole.SEARCHBOX)).hasValue("node-002");
    assertThat(window.page.locator(".chip")).containsText("group edge");
  }

  @Test
  void showsAHundredOfTenThousandNodesAndThenMore() {
    window.daemon.answer("/api/v1/nodes", Fleet.of(10_000)::answer);
    window.open("");

    assertThat(window.tile("all nodes")).hasText("10,000 all nodes");
    assertThat(window.rows("Nodes")).hasCount(100);
    window.button("Show 100 more").click();

    assertThat(window.rows("Nodes")).hasCount(200);
    assertThat(window.page.locator(".more")).containsText("200 of 10,000");
    assertThat(window.daemon.asked("/api/v1/nodes"))
        .anyMatch(asked -> asked.query().equals("limit=100&after=node-00099"));
  }

  @Test
  void findsTheListAsItWasLeft() {
    window.daemon.answer("/api/v1/nodes", Fleet.of(300)::answer);
    window.open("#/?group=edge");
    window.open("");
    window.button("Show 100 more").click();
    window.link("node-00150").scrollIntoViewIfNeeded();
    var top = window.page.evaluate("scrollY");
    window.link("node-00150").click();
    assertThat(window.heading("node-00150")).isFocused();

    window.page.goBack();

    assertThat(window.rows("Nodes")).hasCount(200);
    assertThat(window.page.evaluate("scrollY")).isEqualTo(top);
  }

  @Test
  void showsWhatANodeRefusedAndTheVeryLine() {
    window.open("#/nodes/node1");

    assertThat(window.heading("node1")).isVisible();
    assertThat(window.page.locator(".refusal"))
        .containsText("Didn't find a registered implementation");
    assertThat(window.page.locator(".refusal .where")).hasText("listener_0 node1/listener.yaml:12");
    assertThat(window.page.locator(".excerpt li")).hasCount(6);
    assertThat(window.page.locator(".excerpt mark"))
        .containsText("- name: envoy.filters.http.no_such");
    assertThat(window.row("What it runs", "listeners")).containsText("07aa3bd1c9e04f52");
    assertThat(window.row("What it runs", "endpoints"))
        .containsText("wait for clusters [service_cnn]");
    assertThat(window.page.locator("main")).containsText("It is served 3f9a1c52d8e06b17");
  }

  @Test
  void offersWhatWasRefusedOnceMore() {
    window.daemon.answer("/api/v1/retry", asked -> Answer.json("{}"));
    window.open("#/nodes/node1");

    window.button("Retry").click();

    assertThat(window.page.locator(".notice.good")).containsText("Offered again");
    var asked = window.daemon.asked("/api/v1/retry").getFirst();
    assertThat(JsonParser.parseString(asked.body()))
        .isEqualTo(JsonParser.parseString("{\"node\": \"node1\"}"));
  }

  @Test
  void saysWhyItIsNotOfferedOnceMore() {
    window.daemon.answer("/api/v1/retry", asked -> Answer.problem(409, "nothing is refused"));
    window.open("#/nodes/node1");

    window.button("Retry").click();

    assertThat(window.page.locator(".notice.bad")).hasText("Not offered again: nothing is refused");
  }

  @Test
  void showsWhatANodeWouldBeServedWhenSomebodyAsks() {
    window.open("#/nodes/node1");
    assertThat(window.daemon.asked("/api/v1/snapshot")).isEmpty();

    window.page.getByText("Show every resource, as it goes out").click();
    window.page.locator(".resources summary").first().click();

    assertThat(window.page.locator("pre")).containsText("\"connect_timeout\": \"2s\"");
  }

  @Test
  void listsGroupsAndProblems() {
    window.open("#/configuration");

    assertThat(window.rows("Groups")).hasCount(4);
    assertThat(window.row("Groups", "lab")).containsText("held");
    assertThat(window.row("Groups", "edge")).containsText("clusters 4");
    assertThat(window.heading("Problems 2")).isVisible();
  }

  @Test
  void drawsTheWayOfARequestAndMarksWhatIsUnused() {
    window.open("#/configuration/edge");

    assertThat(window.page.locator("svg .box")).hasCount(11);
    assertThat(window.page.locator("svg .box.unused")).hasCount(2);
    assertThat(window.row("Resources", "audit")).containsText("edge/clusters.yaml:40:3");
    window.link("postgres").first().click();

    assertThat(window.page.locator("svg .box.picked")).containsText("postgres");
    assertThat(window.page.locator("svg .line.chosen")).hasCount(1);
    assertThat(window.page.locator("main")).containsText("listeners database");
  }

  @Test
  void publishesWhatIsHeldOnlyAfterAQuestion() {
    window.daemon.answer("/api/v1/approve", asked -> Answer.problem(409, "it is another now"));
    window.open("#/configuration/lab");

    window.button("Approve…").click();
    assertThat(window.page.getByRole(AriaRole.DIALOG)).containsText("it removes 7 of 8 resources");
    assertThat(window.daemon.asked("/api/v1/approve")).isEmpty();
    window.button("Publish").click();
    assertThat(window.page.getByRole(AriaRole.DIALOG)).containsText("it is another now");
    window.daemon.answer("/api/v1/approve", asked -> Answer.json("{}"));
    window.button("Publish").click();

    assertThat(window.page.getByRole(AriaRole.DIALOG)).isHidden();
    assertThat(window.page.locator(".notice.good"))
        .hasText("Approved: 9a8b7c6d5e4f3a2b is published.");
    assertThat(JsonParser.parseString(window.daemon.asked("/api/v1/approve").getLast().body()))
        .isEqualTo(
            JsonParser.parseString("{\"group\": \"lab\", \"version\": \"9a8b7c6d5e4f3a2b\"}"));
  }

  @Test
  void listsWhatWasPublishedOrRefused() {
    window.open("#/changes");

    assertThat(window.rows("Changes")).hasCount(5);
    assertThat(window.row("Changes", "rolled back"))
        .containsText("node1 refused listeners of e81f0c3a77d2b645");
    assertThat(window.rows("Changes").nth(2)).containsText("2 of 3");
    window.rows("Changes").nth(2).getByRole(AriaRole.LINK).first().click();

    assertThat(window.heading("Change 12")).isFocused();
  }

  @Test
  void showsWhatAChangeChangedAndHowItSpread() {
    window.open("#/changes/12");

    assertThat(window.page.locator(".differences > li")).hasCount(4);
    assertThat(window.page.locator("del").first()).hasText("2s");
    assertThat(window.page.locator("ins").first()).hasText("500ms");
    assertThat(window.page.locator(".differences")).containsText("a secret");
    assertThat(window.page.locator("figcaption")).containsText("2 of 3 nodes ACKed it (66 %)");
    assertThat(window.page.locator("ack-plot canvas")).isVisible();
  }

  @Test
  void saysWhichNodesNackedAStateThatWasRolledBack() {
    var group = StubDaemon.fixture("held");
    group.add(
        "held",
        JsonParser.parseString(
            """
            {"version": "9a8b7c6d5e4f3a2b", "why": "2 of 3 nodes NACKed it", "cause": "rollback",
             "nacks": [{"node": "edge-3", "type": "listeners", "version": "07aa", "reason": "cannot bind",
              "at": "2026-11-22T08:47:00Z", "inferred": false, "resource": "web",
              "file": "lab/web.yaml", "line": 12}]}
            """));
    window.daemon.answer("/api/v1/groups/lab", asked -> Answer.json(group));

    window.open("#/configuration/lab");

    assertThat(window.heading("Rolled back from 9a8b7c6d5e4f3a2b")).isVisible();
    assertThat(window.page.locator(".held-state"))
        .containsText("edge-3 NACKed listeners web at lab/web.yaml:12: cannot bind");
    assertThat(window.page.locator(".held-state")).not().containsText("guard");
  }

  @Test
  void doesNotSayThatTheFilesAreServedWhileNodesNackThem() {
    window.daemon.answer("/api/v1/problems", asked -> Answer.json(StubDaemon.none("problems")));

    window.open("#/configuration");

    assertThat(window.page.locator(".empty"))
        .containsText("1 node NACKed it and is served an earlier state. Show why");
    assertThat(window.page.locator("main")).not().containsText("what is on disk is what is served");
  }

  @Test
  void marksAChangeThatEveryNodeNacked() {
    var changes = StubDaemon.fixture("changes");
    var newest = changes.getAsJsonArray("changes").get(0).getAsJsonObject();
    newest.addProperty("acked", 0);
    newest.addProperty("nacked", 2);
    newest.add("spread", new JsonArray());
    window.daemon.answer("/api/v1/changes", asked -> Answer.json(changes));

    window.open("#/changes");

    var badge = window.rows("Changes").first().locator(".badge");
    assertThat(badge).hasText("nacked");
    assertThat(badge).hasClass("badge nacked");
    assertThat(window.rows("Changes").first()).containsText("0 of 2");
  }
}
