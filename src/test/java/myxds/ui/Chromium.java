package myxds.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real browser: {@code $CHROMIUM}, or the one on the path. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final double PATIENCE_MS = 10_000;

  private final Playwright playwright;
  private final Browser browser;

  /** Without a browser the test is skipped, which {@code ./verify} tells and CI refuses. */
  Chromium() {
    var binary = find();
    Assumptions.assumeTrue(binary.isPresent(), "no Chromium: ./verify says how to get one");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(binary.orElseThrow())
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

  private static Optional<Path> find() {
    var named = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of).stream();
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    var onPath =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    return Stream.concat(named, onPath)
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toAbsolutePath);
  }
}
