package myxds.fleet;

import java.time.Duration;
import java.util.List;

/** What the fleet tells. Called on the streams' own threads: an observer does not block. */
public interface FleetObserver {

  /** A node holds its first stream. */
  default void connected(String node, String group) {}

  /** A node's last stream ended. */
  default void disconnected(String node, String group) {}

  /** A client runs a state of its group as a whole. */
  default void converged(ClientKey client, String group, Convergence convergence) {}

  /** A client NACKed something of a state of its group. */
  default void refused(ClientKey client, String group, Nack nack) {}

  /** A node is served another state than the newest from now on, because it refused that one. */
  default void rolledBack(String node, String group, Nack nack) {}

  /** Some clients of a group are served another state than before, though none was published. */
  default void reassigned(String group) {}

  /**
   * The arrival of a client at a state.
   *
   * @param took since the state was published
   * @param live whether the client was connected then, so that it was told at once
   */
  record Convergence(String version, Duration took, boolean live) {}

  /** Tells each of these in turn. */
  static FleetObserver all(List<FleetObserver> observers) {
    return new AllFleetObservers(List.copyOf(observers));
  }
}
