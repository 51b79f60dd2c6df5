package myxds.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import myxds.ui.StubDaemon.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page makes of news, of none, and of answers that are none. */
final class LiveTest {
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
  void showsWhatIsNewsWithoutBeingAsked() {
    window.open("");
    heard();
    window.daemon.answer("/api/v1/nodes", Fleet.of(5)::answer);

    window.daemon.tell("connected", "{\"node\": \"node-00004\", \"group\": \"edge\"}");

    assertThat(window.rows("Nodes")).hasCount(5);
  }

  @Test
  void asksAtMostTwiceASecondHoweverManyEventsComeIn() {
    window.open("");
    heard();
    int before = window.daemon.asked("/api/v1/nodes").size();
    long begun = System.nanoTime();

    for (int i = 0; i < 300; i++) {
      window.daemon.tell("acked", "{\"node\": \"node1\", \"type\": \"clusters\"}");
      window.page.waitForTimeout(5);
    }

    double seconds = (System.nanoTime() - begun) / 1e9;
    // One question at once, and one in each half second.
    assertThat(window.daemon.asked("/api/v1/nodes").size() - before)
        .isBetween(2, 2 + (int) (2 * seconds));
  }

  @Test
  void asksForNothingThatAnEventIsNotAbout() {
    window.open("#/nodes/node1");
    heard();
    int before = window.daemon.asked("/api/v1/nodes/node1").size();

    window.daemon.tell("acked", "{\"node\": \"other\", \"group\": \"node1\"}");
    window.page.waitForTimeout(800);

    assertThat(window.daemon.asked("/api/v1/nodes/node1")).hasSize(before);
  }

  @Test
  void saysThatTheDaemonIsGoneAndThatItIsBack() throws IOException {
    window.open("");
    heard();
    assertThat(window.page.locator("#status")).hasText("ready");

    window.daemon.fallSilent();

    assertThat(window.page.locator("#status")).hasText("disconnected");
    assertThat(window.page.getByText("Disconnected: no news from the daemon since")).isVisible();
    assertThat(window.rows("Nodes")).hasCount(3);

    window.daemon.comeBack();

    assertThat(window.page.locator("#status")).hasText("ready");
    assertThat(window.page.locator("#banner .notice")).hasCount(0);
  }

  @Test
  void saysWhyTheDaemonIsNotReady() {
    window.daemon.answer(
        "/readyz", asked -> new Answer(503, "text/plain", "the directory config is missing\n"));

    window.open("");

    assertThat(window.page.locator("#status")).hasText("not ready");
    assertThat(window.page.locator("#banner"))
        .containsText("Not ready: the directory config is missing");
  }

  @Test
  void saysWhichGroupIsDegraded() {
    window.daemon.answer(
        "/readyz", asked -> new Answer(200, "text/plain", "ok\ndegraded: group a is old\n"));

    window.open("");

    assertThat(window.page.locator("#status")).hasText("degraded");
    assertThat(window.page.locator("#banner")).containsText("group a is old");
  }

  @Test
  void saysWhatToDoWhereNothingIs() {
    var nobody = Fleet.of(0);
    window.daemon.answer("/api/v1/nodes", nobody::answer);
    window.daemon.answer("/api/v1/groups", asked -> Answer.json(StubDaemon.none("groups")));
    window.daemon.answer("/api/v1/problems", asked -> Answer.json(StubDaemon.none("problems")));
    window.daemon.answer("/api/v1/changes", asked -> Answer.json(StubDaemon.none("changes")));

    window.open("");
    assertThat(window.page.locator("main")).containsText("no Envoy has an xDS stream open");
    window.link("Configuration").click();
    assertThat(window.page.locator("main"))
        .containsText("None: what is on disk is what is served.");
    assertThat(window.page.locator("main"))
        .containsText("a folder in the configuration directory is a group");
    window.link("Changes").click();
    assertThat(window.page.locator("main"))
        .containsText("the first state that is published or refused shows here");
  }

  @Test
  void saysWhatWentWrongAndTriesAgain() {
    window.daemon.answer("/api/v1/nodes", asked -> Answer.problem(500, "the log says more"));
    window.open("");
    assertThat(window.page.locator(".failed")).containsText("Cannot show the nodes");
    assertThat(window.page.locator(".failed")).containsText("the log says more");
    // The page asks once more when it hears of events: the next question is the button's.
    window.page.waitForCondition(() -> window.daemon.asked("/api/v1/nodes").size() > 1);

    window.daemon.answer("/api/v1/nodes", Fleet.of(2)::answer);
    window.button("Try again").click();

    assertThat(window.rows("Nodes")).hasCount(2);
  }

  @Test
  void keepsWhatItKnowsWhileNothingNewerCanBeHad() {
    window.open("");
    heard();
    window.daemon.answer("/api/v1/nodes", asked -> new Answer(200, "application/json", "{\"no"));

    window.daemon.tell("acked", "{}");

    assertThat(window.page.locator(".notice.odd"))
        .containsText(
            "This is what the daemon said last of the nodes; now: the answer is not JSON");
    assertThat(window.rows("Nodes")).hasCount(3);
  }

  @Test
  void saysThatAThingIsNotThere() {
    window.open("#/nodes/nobody");
    assertThat(window.page.locator(".failed")).containsText("Not there");

    window.open("#/elsewhere");
    assertThat(window.heading("Nothing here")).isVisible();
  }

  /** The stream of events is open. */
  private void heard() {
    window.page.waitForCondition(() -> window.daemon.hearing() > 0);
    // What is asked for when it opens.
    window.page.waitForTimeout(1_200);
  }
}
