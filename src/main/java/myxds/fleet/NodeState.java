package myxds.fleet;

import java.util.Locale;

/** How a node stands with the newest state of its group. */
public enum NodeState {
  /** It runs it. */
  IN_SYNC,
  /** It was not told of all of it, or has not answered yet. */
  BEHIND,
  /** It refused it. */
  REFUSING,
  /** It belongs to no group that is served. */
  UNMATCHED,
  /** It holds no stream any more. */
  GONE;

  /** In lower case, as the API writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
