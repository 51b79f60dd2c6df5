package myxds.snapshot;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The periodic repair of the saved states: saves again what could not be saved, for example because
 * the disk was full, and what was deleted. Owned by the publisher's thread.
 */
final class Upkeep {
  /** The interval while everything is saved. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** The longest interval between two attempts: each may write half a state to a full disk. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final Shelf shelf;
  private final Writer writer;
  private final Supplier<Map<String, GroupState>> groups;
  private final Runnable changed;
  private Duration pause = LOOK;

  /**
   * @param groups the served groups
   * @param changed called when the problems changed
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
