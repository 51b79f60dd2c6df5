package myxds.cli;

import java.time.Duration;

/** Says something if what it is opened for takes longer than people wait without a word. */
final class Patience implements AutoCloseable {
  private final Thread thread;

  private Patience(Thread thread) {
    this.thread = thread;
  }

  static Patience of(Duration patience, Runnable word) {
    return new Patience(
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(patience);
                word.run();
              } catch (InterruptedException e) {
                // It was quick.
              }
            }));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
