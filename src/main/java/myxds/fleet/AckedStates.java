package myxds.fleet;

import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/** The states that one client ACKed as a whole. Guarded by its entry. */
final class AckedStates {
  /** The last one on the earlier connection that this client continues; null when none. */
  private @Nullable GroupSnapshot inherited;

  private @Nullable GroupSnapshot last;
  private @Nullable GroupSnapshot before;
  private String converged = "";

  AckedStates(@Nullable GroupSnapshot inherited) {
    this.inherited = inherited;
  }

  /** Adds a state. Whether the client did not run it already. */
  boolean add(GroupSnapshot state) {
    if (last == null || !last.version().equals(state.version())) {
      before = last;
      last = state;
    }
    boolean isNew = !converged.equals(state.version());
    converged = state.version();
    return isNew;
  }

  /** Takes back a state: the client NACKed a part of it, so it never ran it as a whole. */
  void remove(String version) {
    converged = "";
    if (last != null && last.version().equals(version)) {
      last = before;
      before = null;
    }
    if (inherited != null && inherited.version().equals(version)) {
      inherited = null;
    }
  }

  /** Returns the last one; null when there is none. */
  @Nullable GroupSnapshot last() {
    return last != null ? last : inherited;
  }

  /** Whether the client ACKed another state than this on its present connection. */
  boolean hasOther(GroupSnapshot state) {
    return before != null || (last != null && !last.version().equals(state.version()));
  }
}
