package myxds.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import myxds.ui.StubDaemon.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for everybody, on every screen, with names from anybody. */
final class AccessTest {
  private static final List<String> VIEWS =
      List.of(
          "#/",
          "#/nodes/node1",
          "#/configuration",
          "#/configuration/edge?show=clusters%2Fsearch",
          "#/configuration/lab",
          "#/changes",
          "#/changes/12",
          "#/nowhere");

  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=alert(1)>",
          "\"><script>alert(1)</script>",
          "a\nline\r\nand\tanother",
          "x".repeat(10_240),
          "\u202egnp.exe",
          "javascript:alert(1)",
          "../../../%2e%2e?a=b#c",
          " ");

  /** What a file or a client may name as it likes. */
  private static final Set<String> NAMES =
      Set.of(
          "id",
          "cluster",
          "group",
          "name",
          "names",
          "missing",
          "envoy",
          "build",
          "address",
          "file",
          "text",
          "reason",
          "resource",
          "message",
          "why",
          "path",
          "before",
          "after",
          "effect",
          "detail",
          "waiting_for",
          "origin",
          "version");

  private static Chromium chromium;

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

  static Stream<Arguments> viewsInBothSchemes() {
    return VIEWS.stream()
        .flatMap(view ->
            Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                .map(scheme -> Arguments.of(view, scheme)));
  }

  @ParameterizedTest
  @MethodSource("viewsInBothSchemes")
  void isAccessible(String view, ColorScheme scheme) throws IOException {
    try (var window = new Window(chromium, 1280, scheme)) {
      window.open(view);

      assertThat(window.violations()).isEmpty();
      assertThat(window.faults()).isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("VIEWS")
  void isAccessibleAndFitsOnASmallScreen(String view) throws IOException {
    try (var window = new Window(chromium, 320, ColorScheme.LIGHT)) {
      window.open(view);

      assertThat(window.overflow()).isLessThanOrEqualTo(0);
      assertThat(window.violations()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {768, 1280, 1920})
  void fits(int width) throws IOException {
    try (var window = new Window(chromium, width, ColorScheme.LIGHT)) {
      for (var view : VIEWS) {
        window.open(view);

        assertThat(window.overflow()).as(view).isLessThanOrEqualTo(0);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void showsANameThatMeansHarmAsAName(String name) throws IOException {
    try (var window = new Window(chromium, 320, ColorScheme.LIGHT)) {
      Stream.of("nodes", "groups", "problems", "changes")
          .forEach(list ->
              window.daemon.answer(
                  "/api/v1/" + list, asked -> Answer.json(renamed(fixture(list), name))));
      window.daemon.answer("/api/v1/nodes/n", asked -> Answer.json(renamed(fixture("node"), name)));
      window.daemon.answer(
          "/api/v1/groups/edge", asked -> Answer.json(renamed(fixture("group"), name)));
      window.daemon.answer(
          "/api/v1/changes/12", asked -> Answer.json(renamed(fixture("change"), name)));

      for (var view :
          List.of("#/", "#/nodes/n", "#/configuration", "#/configuration/edge", "#/changes/12")) {
        window.open(view);

        assertThat(window.page.locator("main img, main script, main iframe")).hasCount(0);
        assertThat(window.page.locator("main a[href]:not([href^='#/'])")).hasCount(0);
        assertThat(window.overflow()).as(view).isLessThanOrEqualTo(0);
        if (name.isBlank()) {
          assertThat(window.violations()).as(view).isEmpty();
        }
      }
      assertThat(window.faults()).isEmpty();
    }
  }

  @Test
  void findsTheNodeThatIsCalledLikeNoOther() throws IOException {
    var name = HOSTILE.get(0) + "/?#%\n";
    try (var window = new Window(chromium)) {
      window.daemon.answer("/api/v1/nodes", asked -> Answer.json(renamed(fixture("nodes"), name)));
      window.daemon.answer("/api/v1/nodes/" + name, asked -> Answer.json(fixture("node")));
      window.open("");

      window.rows("Nodes").first().locator("th a").click();

      assertThat(window.heading("<img src=x onerror=alert(1)>/?#%\\n")).isVisible();
      assertThat(window.page.locator(".excerpt")).isVisible();
      assertThat(window.page)
          .hasURL(
              window.daemon.url("#/nodes/")
                  + URLEncoder.encode(name, StandardCharsets.UTF_8)
                      .replace("+", "%20")
                      .replace("%28", "(")
                      .replace("%29", ")"));
    }
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() throws IOException {
    try (var window = new Window(chromium)) {
      window.open("");
      var keyboard = window.page.keyboard();

      keyboard.press("Tab");
      assertThat(window.link("Skip to the content")).isFocused();
      keyboard.press("Enter");
      assertThat(window.page.locator("main")).isFocused();
      keyboard.press("Tab");
      assertThat(window.tile("all nodes")).isFocused();
      for (int i = 0; i < 3; i++) {
        keyboard.press("Tab");
      }
      assertThat(window.tile("refusing")).isFocused();
      keyboard.press("Enter");
      assertThat(window.page).hasURL(window.daemon.url("#/?state=refusing"));
      assertThat(window.tile("refusing")).isFocused();

      window.row("Nodes", "node1").locator("th a").focus();
      keyboard.press("Enter");
      assertThat(window.heading("node1")).isFocused();
      assertThat(window.page).hasTitle("Node node1 · my-xds");
      assertThat(window.link("Fleet").first()).hasAttribute("aria-current", "page");
    }
  }

  @Test
  void givesTheFocusBackWhenAQuestionIsDismissed() throws IOException {
    try (var window = new Window(chromium)) {
      window.open("#/configuration/lab");
      window.button("Approve…").focus();

      window.page.keyboard().press("Enter");
      assertThat(window.button("Cancel")).isFocused();
      window.page.keyboard().press("Escape");

      assertThat(window.button("Approve…")).isFocused();
    }
  }

  private static JsonObject fixture(String name) {
    return StubDaemon.fixture(name);
  }

  /** The same with that for every name. */
  private static JsonObject renamed(JsonObject json, String name) {
    for (var key : Set.copyOf(json.keySet())) {
      json.add(key, renamed(json.get(key), NAMES.contains(key), name));
    }
    return json;
  }

  private static JsonElement renamed(JsonElement value, boolean isName, String name) {
    if (value.isJsonObject()) {
      return renamed(value.getAsJsonObject(), name);
    }
    if (value.isJsonArray()) {
      var list = value.getAsJsonArray();
      for (int i = 0; i < list.size(); i++) {
        list.set(i, renamed(list.get(i), isName, name));
      }
      return list;
    }
    boolean isText = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    return isName && isText ? new JsonPrimitive(name) : value;
  }
}
