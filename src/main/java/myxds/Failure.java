package myxds;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reason why the daemon cannot go on. It interrupts the thread that serves, which then stops
 * the daemon with {@link #EXIT_CODE}.
 */
final class Failure {
  private static final Logger log = LoggerFactory.getLogger(Failure.class);

  /** What the daemon needs of the system is used up or lost (EX_OSERR of sysexits.h). */
  static final int EXIT_CODE = 71;

  /** A process whose heap is full may be too slow to stop. */
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
  private final Thread serving;
  private final Thread halt;
  private final boolean ownsProcess;

  /**
   * @param serving the thread to interrupt
   * @param ownsProcess whether the process is ended if that thread does not end in time
   */
  Failure(Thread serving, boolean ownsProcess) {
    this.serving = serving;
    this.ownsProcess = ownsProcess;
    // Made now: there may be no memory for it later.
    this.halt = Thread.ofPlatform().daemon().name("halt").unstarted(Failure::halt);
  }

  /** Stops the daemon; only the first reason counts. */
  void report(String why) {
    if (reason.compareAndSet(null, why)) {
      if (ownsProcess) {
        halt.start();
      }
      serving.interrupt();
      log.atError()
          .addKeyValue("reason", why)
          .addKeyValue("exit", EXIT_CODE)
          .log("cannot go on; stops, to be started again");
    }
  }

  /**
   * Logs what ended a thread, and reports it if the thread ran out of memory. A virtual thread is
   * not missed: it served one connection.
   */
  void uncaught(Thread thread, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError && !thread.isVirtual()) {
      report("out of memory: the thread %s ended: %s".formatted(thread.getName(), thrown));
    }
    log.atError().addKeyValue("thread", thread.getName()).setCause(thrown).log("a thread ended");
  }

  /** The first reason that was reported. */
  Optional<String> reason() {
    return Optional.ofNullable(reason.get());
  }

  private static void halt() {
    try {
      Thread.sleep(STOPS_WITHIN);
      Runtime.getRuntime().halt(EXIT_CODE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
