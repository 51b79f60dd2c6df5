package myxds.fleet;

import java.time.Instant;

/** The progress of a client to the newest state of its group. Guarded by itself. */
final class Progress {
  private Instant changedAt;

  /** The version for which it has sent all requests; empty when there is none. */
  private String settled = "";

  /** The version that it was reported to run; empty when there is none. */
  private String announced = "";

  Progress(Instant now) {
    this.changedAt = now;
  }

  /** Notes that the client requested or ACKed something new. */
  synchronized void changed(Instant now) {
    changedAt = now;
  }

  synchronized Instant changedAt() {
    return changedAt;
  }

  synchronized boolean isSettled(String version) {
    return settled.equals(version);
  }

  synchronized void settle(String version) {
    settled = version;
  }

  /** Notes that it is reported to run this version; returns whether that is new. */
  synchronized boolean announces(String version) {
    boolean isNew = !announced.equals(version);
    announced = version;
    return isNew;
  }

  /** Notes that it does not run the version that it was reported to run. */
  synchronized void refused() {
    announced = "";
  }
}
