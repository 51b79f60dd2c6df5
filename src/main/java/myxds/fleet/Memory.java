package myxds.fleet;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import myxds.snapshot.KeptRefusal;
import myxds.snapshot.LastGood;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what nodes refuse for the next start. */
final class Memory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Memory.class);

  /** The newest; who is beyond is offered it once more. */
  private static final int MOST = 10_000;

  private final LastGood store;
  private final Supplier<List<KeptRefusal>> refusals;
  private final Coalesced keeping = new Coalesced("refusals", this::keep);

  Memory(LastGood store, Supplier<List<KeptRefusal>> refusals) {
    this.store = store;
    this.refusals = refusals;
  }

  /** Somebody refused something, or took it after all. Never blocks. */
  void changed() {
    keeping.due();
  }

  private void keep() {
    var newest = Comparator.comparing((KeptRefusal one) -> one.what().at()).reversed();
    try {
      store.keep(refusals.get().stream().sorted(newest).limit(MOST).toList());
    } catch (IOException e) {
      log.atWarn().addKeyValue("reason", e.toString()).log("could not keep what nodes refused");
    }
  }

  @Override
  public void close() {
    keeping.close();
  }
}
