package myxds;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import myxds.discovery.XdsServer;
import myxds.fleet.FleetObserver;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishObserver;
import myxds.snapshot.PublishedState;

/**
 * Hands what is published to the streams, and tells when there is something to serve.
 *
 * @param ready is counted down then
 */
record Doors(Supplier<XdsServer> xds, CountDownLatch ready)
    implements PublishObserver, FleetObserver {

  @Override
  public void judged(String group, Outcome outcome) {
    if (outcome instanceof Outcome.Published published) {
      xds.get().publish(group, published.snapshot());
    }
  }

  @Override
  public void restored(String group, GroupSnapshot snapshot) {
    xds.get().publish(group, snapshot);
  }

  @Override
  public void settled(PublishedState state) {
    if (state.ready()) {
      ready.countDown();
    }
  }

  @Override
  public void reassigned(String group) {
    xds.get().reassign(group);
  }
}
