package myxds.snapshot;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of somebody's wish to publish what is held. */
public sealed interface Approval {

  /**
   * These are served now.
   *
   * @param versions by group
   */
  record Approved(SortedMap<String, String> versions) implements Approval {

    public Approved {
      versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    Approved(Map<String, String> versions) {
      this(new TreeMap<>(versions));
    }
  }

  /** Nothing that was meant is held; {@code why} is one sentence without a full stop. */
  record NothingHeld(String why) implements Approval {}
}
