package myxds.fleet;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import myxds.snapshot.KeptRefusal;
import myxds.snapshot.LastGood;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what nodes refuse for the next start, on a thread of its own; many changes are one write.
 */
final class Memory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Memory.class);

  /** The newest; who is beyond is offered it once more. */
  private static final int MOST = 10_000;

  private final LastGood store;
  private final Supplier<List<KeptRefusal>> refusals;
  private final AtomicBoolean isDue = new AtomicBoolean();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("fleet").daemon().factory());

  Memory(LastGood store, Supplier<List<KeptRefusal>> refusals) {
    this.store = store;
    this.refusals = refusals;
  }

  /** Somebody refused something, or took it after all. Never blocks. */
  void changed() {
    if (isDue.compareAndSet(false, true)) {
      try {
        writer.execute(this::keep);
      } catch (RejectedExecutionException e) {
        log.atDebug().log("ignored a refusal after the stop");
      }
    }
  }

  private void keep() {
    isDue.set(false);
    var newest = Comparator.comparing((KeptRefusal one) -> one.what().at()).reversed();
    try {
      store.keep(refusals.get().stream().sorted(newest).limit(MOST).toList());
    } catch (IOException e) {
      log.atWarn().addKeyValue("reason", e.toString()).log("could not keep what nodes refused");
    }
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
