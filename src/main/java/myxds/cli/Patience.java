package myxds.cli;

import java.time.Duration;
import java.util.function.Supplier;

/** People wait a second without a word. */
record Patience(Duration patience, Runnable word) {

  /** Does the work, and says the word if that takes longer. */
  <T> T during(Supplier<T> work) {
    var waiting = Thread.ofVirtual().start(this::waitThenSpeak);
    try {
      return work.get();
    } finally {
      waiting.interrupt();
    }
  }

  private void waitThenSpeak() {
    try {
      Thread.sleep(patience);
      word.run();
    } catch (InterruptedException e) {
      // The work was quick.
      Thread.currentThread().interrupt();
    }
  }
}
