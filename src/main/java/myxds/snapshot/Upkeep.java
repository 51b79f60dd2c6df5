package myxds.snapshot;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Looks after what is kept on disk while nothing is published: saves again what could not be saved,
 * the disk being full, say, and what is gone. Owned by the publisher's thread.
 */
final class Upkeep {
  /** How often it looks whether what was kept is still there. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A full disk is not filled by half a state more often than this. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final Shelf shelf;
  private final Writer writer;
  private final Supplier<Map<String, GroupState>> groups;
  private final Runnable changed;
  private Duration pause = LOOK;

  /**
   * @param groups as they are served now
   * @param changed called when other things are wrong than before
   */
  Upkeep(Shelf shelf, Writer writer, Supplier<Map<String, GroupState>> groups, Runnable changed) {
    this.shelf = shelf;
    this.writer = writer;
    this.groups = groups;
    this.changed = changed;
  }

  void start() {
    writer.schedule(pause, this::look);
  }

  private void look() {
    try {
      var before = shelf.problems();
      shelf.mend(groups.get());
      pause = shelf.isBehind() ? shorter(pause.multipliedBy(2), LONGEST) : LOOK;
      if (!shelf.problems().equals(before)) {
        changed.run();
      }
    } finally {
      start();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
