package myxds.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import myxds.peer.Tool;

/** A real browser: {@code $CHROMIUM}, or the one on the path. */
final class Chromium implements AutoCloseable {
  private static final double PATIENCE_MS = 10_000;

  private final Playwright playwright;
  private final Browser browser;

  /** Without a browser the test is skipped, which {@code ./verify} tells and CI refuses. */
  Chromium() {
    var binary = Tool.chromium().binary();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(binary)
                    .setArgs(List.of("--no-sandbox")));
  }

  /** A window of a browser that nobody used before. */
  BrowserContext open(int width, ColorScheme scheme) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme));
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
