package myxds;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reason why the daemon cannot go on. It interrupts the thread that serves, which then stops
 * the daemon with {@link #EXIT_CODE}.
 */
final class Failure {
  private static final Logger log = LoggerFactory.getLogger(Failure.class);

  /** The exit code when a resource of the system is used up or lost (EX_OSERR of sysexits.h). */
  static final int EXIT_CODE = 71;

  /** A process whose heap is full may be too slow to stop. */
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  /** These two need no memory when there is none; System.err may. */
  private final FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);

  private final byte[] lastWords =
      "my-xds: cannot go on: out of memory; raise -Xmx (exit code %d)\n"
          .formatted(EXIT_CODE)
          .getBytes(US_ASCII);

  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

  /** Given back when there is no memory, so that the reason can be logged. */
  @SuppressWarnings("UnusedVariable") // what counts is that it takes room
  private byte @Nullable [] reserve = new byte[1 << 20];

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

  /**
   * Stops the daemon because of its memory. Without memory for that it ends the process at once:
   * what it serves is on disk.
   *
   * @param why is called when there is room for it
   */
  void outOfMemory(Supplier<String> why) {
    reserve = null;
    try {
      report(why.get());
    } catch (OutOfMemoryError e) {
      haltWithLastWords();
    }
  }

  /** Ends the process at once, if it is the daemon's own: there is no memory to log the reason. */
  private void haltWithLastWords() {
    if (!ownsProcess) {
      return;
    }
    try {
      stderr.write(lastWords);
    } catch (IOException e) {
      // The exit code says it, too.
    }
    Runtime.getRuntime().halt(EXIT_CODE);
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
    boolean isMissed = thrown instanceof OutOfMemoryError && !thread.isVirtual();
    try {
      if (isMissed) {
        reserve = null;
        report("out of memory: the thread %s ended: %s".formatted(thread.getName(), thrown));
      }
      log.atError().addKeyValue("thread", thread.getName()).setCause(thrown).log("a thread ended");
    } catch (OutOfMemoryError e) {
      if (isMissed) {
        haltWithLastWords();
      }
    }
  }

  /** Returns the first reason that was reported; empty if there is none. */
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
