package myxds.discovery.engine;

import java.time.Duration;

/** The waits of one stream, at most one for each type. */
final class Holds {
  private final Outlet outlet;
  private final Runnable expired;

  /**
   * How to wait.
   *
   * @param refused the client refused what is waited for: that is not a matter of time
   */
  record Wait(Duration patience, boolean refused) {
    /**
     * Where a client asks for clusters on a stream of their own, what names them takes another way,
     * and its ACKs are not seen here; it is as fast.
     */
    static final Wait ASIDE = new Wait(Duration.ofSeconds(1), false);
  }

  /**
   * @param expired called when a wait took too long
   */
  Holds(Outlet outlet, Runnable expired) {
    this.outlet = outlet;
    this.expired = expired;
  }

  /** Returns whether the type has to wait, still; begins the wait if there is none. */
  boolean waits(TypeState state, String reason, Wait wait) {
    var hold = state.hold;
    if (hold == null) {
      var begun = new Hold(reason);
      state.hold = begun;
      outlet.held(state.type, reason);
      outlet.schedule(wait.patience, () -> expire(state, begun, wait));
      return true;
    }
    boolean waits = wait.refused || !hold.expired;
    if (!waits) {
      release(state);
    }
    return waits;
  }

  private void expire(TypeState state, Hold hold, Wait wait) {
    if (state.hold == hold) {
      hold.expired = true;
      hold.tooLong = !wait.equals(Wait.ASIDE);
      expired.run();
    }
  }

  /** Ends the wait of a type, if there is one. */
  void release(TypeState state) {
    var hold = state.hold;
    if (hold != null) {
      state.hold = null;
      outlet.released(state.type, hold.tooLong);
    }
  }
}
