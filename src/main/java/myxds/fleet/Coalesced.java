package myxds.fleet;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done on a thread of its own, once for however many reasons there were. */
final class Coalesced implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Coalesced.class);

  private final Runnable work;
  private final AtomicBoolean isDue = new AtomicBoolean();
  private final ExecutorService worker;

  Coalesced(String name, Runnable work) {
    this.work = work;
    this.worker =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  /** There is a reason. Never blocks. */
  void due() {
    if (isDue.compareAndSet(false, true)) {
      try {
        worker.execute(this::run);
      } catch (RejectedExecutionException e) {
        log.atDebug().log("nothing is done any more");
      }
    }
  }

  private void run() {
    isDue.set(false);
    try {
      work.run();
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("failed to do what was due");
    }
  }

  /** Lets what is being done get to its end. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
