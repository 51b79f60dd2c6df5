package myxds;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every wait for an event last long enough for a machine that is ten times slower. A wait ends
 * with its event: only a failing test takes longer.
 */
public final class Patience implements BeforeAllCallback {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONGEST);
  }
}
