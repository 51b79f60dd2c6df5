package myxds.snapshot;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publisher's thread: runs one task after the other, whatever becomes of each. */
final class Writer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);

  /** For a state that is being published when the end comes. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("publisher").daemon().factory());
  private final Consumer<Throwable> failed;

  /**
   * @param failed told of a task that threw, on the same thread
   */
  Writer(Consumer<Throwable> failed) {
    this.failed = failed;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Runs the task after those that were handed over before. Never blocks.
   *
   * @return false after {@link #close}: the task will not run
   */
  boolean execute(Runnable task) {
    try {
      thread.execute(() -> run(task));
      return true;
    } catch (RejectedExecutionException e) {
      log.atDebug().log("ignored a change after the stop");
      return false;
    }
  }

  /** Runs the task after this time, unless the writer is closed before. Never blocks. */
  void schedule(Duration delay, Runnable task) {
    try {
      var unused = thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.atDebug().log("ended");
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      failed.accept(e);
    }
  }

  /** Lets what was handed over get to its end. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
        // It clears away what it was interrupted in, an Envoy that it asks and its files.
        boolean tidy = thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        log.atDebug().addKeyValue("tidy", tidy).log("ended a judgement");
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
