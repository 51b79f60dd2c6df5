package myxds.fleet;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done on a thread of its own, once for however many reasons there were. */
final class Coalesced implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Coalesced.class);

  private final Runnable work;
  private final AtomicBoolean isDue = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor worker;
  private volatile boolean isClosing;

  /** The next run at a time to come; null when none was planned. Set by the worker. */
  private volatile @Nullable ScheduledFuture<?> planned;

  Coalesced(String name, Runnable work) {
    this.work = work;
    this.worker =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory());
    worker.setRemoveOnCancelPolicy(true);
  }

  /** There is a reason. Never blocks. */
  void due() {
    if (isDue.compareAndSet(false, true)) {
      execute(this::run);
    }
  }

  private void execute(Runnable task) {
    try {
      worker.execute(task);
    } catch (RejectedExecutionException e) {
      log.atDebug().log("nothing is done any more");
    }
  }

  /** Plans the work for later; the soonest plan counts. Called by the work itself. */
  void plan(Duration delay) {
    if (isClosing) {
      return;
    }
    long millis = Math.max(0, delay.toMillis()) + 1;
    var before = planned;
    boolean isSooner =
        isPlanned() && before != null && before.getDelay(TimeUnit.MILLISECONDS) <= millis;
    if (!isSooner) {
      cancelPlan();
      planned = worker.schedule(this::due, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether the work is planned for later. */
  boolean isPlanned() {
    var plan = planned;
    return plan != null && !plan.isDone();
  }

  private void cancelPlan() {
    var plan = planned;
    if (plan != null) {
      plan.cancel(false);
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
    isClosing = true;
    execute(this::cancelPlan);
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
