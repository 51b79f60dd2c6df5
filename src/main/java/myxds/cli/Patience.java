package myxds.cli;

import java.time.Duration;

/** People wait a second without a word. */
record Patience(Runnable word) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What may take longer. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T done() throws E, InterruptedException;
  }

  /** Does the work, and says the word if that takes longer. */
  <T, E extends Exception> T during(Work<T, E> work) throws E, InterruptedException {
    var waiting = Thread.ofVirtual().start(this::waitThenSpeak);
    try {
      return work.done();
    } finally {
      waiting.interrupt();
    }
  }

  private void waitThenSpeak() {
    try {
      Thread.sleep(SECOND);
      word.run();
    } catch (InterruptedException e) {
      // The work was quick.
      Thread.currentThread().interrupt();
    }
  }
}
