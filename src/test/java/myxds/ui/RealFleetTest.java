package myxds.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import myxds.peer.Trio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a real daemon with three real Envoys, one of which refuses the newest state. The
 * pictures of the docs are taken here: {@code -Dscreenshots=docs/images} puts them there.
 */
final class RealFleetTest {
  private static final Path PICTURES =
      Path.of(System.getProperty("screenshots", "target/screenshots"));

  @TempDir Path folder;

  @Test
  void showsWhoRunsWhatAndWhoRefusesIt() throws Exception {
    try (var chromium = new Chromium();
        var trio = Trio.start(folder);
        var context = chromium.open(1280, ColorScheme.LIGHT)) {
      trio.refuse();
      var page = open(context, trio.url() + "/#/");

      var row = page.locator("tbody tr").filter(having("edge-3"));
      assertThat(row).containsText("refusing");
      assertThat(row).containsText("edge/listener.yaml:1");
      assertThat(page.locator("tbody tr").filter(having("edge-1"))).containsText("in sync");
      take(page, "fleet");

      shows(page, trio.url() + "/#/nodes/edge-3");
      assertThat(page.locator("main"))
          .containsText("Didn't find a registered implementation for 'lua'");
      assertThat(page.locator("main")).containsText("name: web");
      take(page, "node");

      shows(page, trio.url() + "/#/configuration/edge");
      assertThat(page.locator("main")).containsText("payments");
      assertThat(page.locator("svg").first()).isVisible();
      take(page, "configuration");

      shows(page, trio.url() + "/#/changes/2");
      assertThat(page.locator("main")).containsText("stat_prefix");
      assertThat(page.locator("main")).containsText("2 of 3 nodes ACKed it");
      take(page, "changes");
    }
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page open(BrowserContext context, String url) {
    var page = context.newPage();
    shows(page, url);
    return page;
  }

  private static void shows(Page page, String url) {
    page.navigate(url);
    page.locator("h1").waitFor();
    page.waitForCondition(() -> page.locator("[aria-busy]").count() == 0);
  }

  private static void take(Page page, String name) {
    var picture = PICTURES.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(picture).setFullPage(true));
    assertThat(List.of(picture)).allMatch(path -> path.toFile().length() > 1000);
  }
}
