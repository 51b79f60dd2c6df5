package myxds.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The reason why a valid state is not published until somebody approves it. */
public sealed interface HoldCause {

  /** Returns the reason, one sentence without a full stop. */
  String why();

  /** Returns what changes, events and meters call it: {@code held} or {@code rolled_back}. */
  default String word() {
    return switch (this) {
      case Guarded guarded -> "held";
      case RolledBack back -> "rolled_back";
    };
  }

  /** The guard's objection: publishing the state would remove much of what nodes run. */
  record Guarded(String why) implements HoldCause {}

  /**
   * A rollback: nodes NACKed the state after it was published, so that its group went back to the
   * state before it.
   *
   * @param nacks those that led to it, at most {@link #MOST_NACKS}
   */
  record RolledBack(String why, List<NodeNack> nacks) implements HoldCause {
    public static final int MOST_NACKS = 20;

    /** Keeps one NACK of each kind first, then others, as far as there is room. */
    public RolledBack {
      var kinds = new LinkedHashMap<Kind, NodeNack>();
      nacks.forEach(nack -> kinds.putIfAbsent(Kind.of(nack), nack));
      nacks =
          Stream.concat(kinds.values().stream(), nacks.stream())
              .distinct()
              .limit(MOST_NACKS)
              .toList();
    }
  }

  /** A node's NACK of one type of a state. */
  record NodeNack(String node, KeptRefusal.What what) {}

  /** The part that NACKs of several nodes share when they are about the same fault. */
  record Kind(String type, String resource, String reason) {

    static Kind of(NodeNack nack) {
      var what = nack.what();
      return new Kind(what.type().typeUrl(), what.resource(), what.reason());
    }
  }
}
