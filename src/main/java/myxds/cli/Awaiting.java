package myxds.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what never fails. */
final class Awaiting {
  private static final Duration MOMENT = Duration.ofMillis(500);

  private Awaiting() {}

  static void of(CompletableFuture<?> event) throws InterruptedException {
    try {
      event.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Gives one that is on its way a moment to arrive. */
  static void anInterrupt() throws InterruptedException {
    Thread.sleep(MOMENT);
  }
}
