package myxds.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import myxds.fleet.FleetObserver.Convergence;
import myxds.fleet.Positions.Newest;

/** Notices and reports when a client runs the state that it is served. Safe for many threads. */
final class Arrivals implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Positions positions;
  private final Quarantine quarantine;
  private final FleetObserver observer;
  private final InstantSource clock;

  /** Clients that ACKed all that they requested, and are expected to request more. */
  private final Set<NodeEntry> expecting = ConcurrentHashMap.newKeySet();

  private final Coalesced looking = new Coalesced("arrivals", this::look);

  Arrivals(
      Positions positions, Quarantine quarantine, FleetObserver observer, InstantSource clock) {
    this.positions = positions;
    this.quarantine = quarantine;
    this.observer = observer;
    this.clock = clock;
  }

  /** Looks at a client that sent something. */
  void moved(NodeEntry client) {
    if (isExpecting(client)) {
      expecting.add(client);
      looking.due();
    }
  }

  private void look() {
    expecting.removeIf(client -> !client.hasStreams() || !isExpecting(client));
    if (!expecting.isEmpty()) {
      looking.plan(PAUSE);
    }
  }

  /** Reports the client if it runs its state; returns whether it may still send requests first. */
  private boolean isExpecting(NodeEntry client) {
    var group = positions.group(client);
    var newest = positions.newest(group);
    if (newest == null) {
      return false;
    }
    var choice = positions.choice(group, client, newest.snapshot());
    var served = choice.state();
    if (!choice.isPublished() || !client.isAt(served)) {
      return false;
    }
    if (client.converged(served)) {
      quarantine.took(group, served);
    }
    return served == newest.snapshot() && !isReported(client, group, newest);
  }

  private boolean isReported(NodeEntry client, String group, Newest newest) {
    if (!positions.isSettled(client, newest.snapshot())) {
      return false;
    }
    var version = newest.snapshot().version();
    if (client.progress().announces(version)) {
      var changed = client.progress().changedAt();
      var at = changed.isBefore(newest.at()) ? clock.instant() : changed;
      boolean live = client.latest().since().isBefore(newest.at());
      var took = Duration.between(newest.at(), at);
      observer.converged(client.key(), group, new Convergence(version, took, live));
    }
    return true;
  }

  @Override
  public void close() {
    looking.close();
  }
}
