package myxds.fleet;

/** What is done when a node refuses the newest state of its group. */
public enum OnNack {
  /** The node is served what it took last, until the state changes or somebody says to retry. */
  KEEP,
  /** It is told of the next state, and of this one again when it connects anew. */
  IGNORE
}
