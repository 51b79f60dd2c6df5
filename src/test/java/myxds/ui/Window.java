package myxds.ui;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** A browser's window on a stub, and what went wrong in it. */
final class Window implements AutoCloseable {
  final StubDaemon daemon = new StubDaemon();
  final Page page;
  private final BrowserContext context;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  Window(Chromium chromium) throws IOException {
    this(chromium, 1280, ColorScheme.LIGHT);
  }

  Window(Chromium chromium, int width, ColorScheme scheme) throws IOException {
    context = chromium.open(width, scheme);
    page = context.newPage();
    page.onPageError(faults::add);
    page.onDialog(dialog -> {
      faults.add("a dialog says " + dialog.message());
      dialog.dismiss();
    });
    page.onConsoleMessage(message -> {
      // A failed request is no fault of the page; a broken Content-Security-Policy is.
      if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
        faults.add(message.text());
      }
    });
  }

  /** Goes there, and waits until it is shown. */
  Window open(String hash) {
    page.navigate(daemon.url(hash));
    page.locator("h1").waitFor();
    page.waitForCondition(() -> page.locator("[aria-busy]").count() == 0);
    return this;
  }

  /** Errors in scripts, refused by the Content-Security-Policy, dialogs. */
  List<String> faults() {
    return faults;
  }

  Locator heading(String text) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  Locator link(String text) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  Locator button(String text) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  /** A table's rows without its head, each found by what it contains. */
  Locator row(String table, String text) {
    return rows(table).filter(new Locator.FilterOptions().setHasText(text));
  }

  Locator rows(String table) {
    return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table).setExact(true))
        .locator("tbody tr");
  }

  /** The tile of the fleet's counts that filters by this state. */
  Locator tile(String state) {
    return page.getByRole(
        AriaRole.LINK,
        new Page.GetByRoleOptions().setName(Pattern.compile("^[\\d,]+ " + state + "$")));
  }

  /** By how many pixels what is in the page is wider than the window. */
  int overflow() {
    return ((Number)
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  /** What axe-core finds, one line each. */
  @SuppressWarnings("unchecked") // a list of texts, as the script makes it
  List<String> violations() throws IOException {
    try (InputStream axe = Window.class.getResourceAsStream("/axe.min.js")) {
      if (axe == null) {
        throw new IllegalStateException("axe.min.js is missing");
      }
      page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<String>)
        page.evaluate(
            """
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
              ({id, impact, nodes}) => nodes.map(({html}) => `${impact} ${id}: ${html}`))
            """);
  }

  @Override
  public void close() {
    context.close();
    daemon.close();
  }
}
