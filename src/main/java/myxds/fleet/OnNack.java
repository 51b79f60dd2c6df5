package myxds.fleet;

/** What a group does when a node refuses its newest state. */
public sealed interface OnNack {
  /** The node is served what it took last, until the state changes or somebody says to retry. */
  record Keep() implements OnNack {}

  /** It is told of the next state, and of this one again when it connects anew. */
  record Ignore() implements OnNack {}

  /**
   * As {@link Keep}; and when too many nodes refuse it, the whole group goes back.
   *
   * @param share of its connected nodes, from 0 to 1
   */
  record Rollback(double share) implements OnNack {}
}
