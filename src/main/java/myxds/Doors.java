package myxds;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import myxds.discovery.XdsServer;
import myxds.fleet.Fleet;
import myxds.fleet.FleetObserver;
import myxds.fleet.Nack;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishObserver;
import myxds.snapshot.PublishedState;

/**
 * Hands what is published to the streams, and tells when there is something to serve.
 *
 * @param ready is counted down then
 */
record Doors(Supplier<XdsServer> xds, Supplier<Fleet> fleet, CountDownLatch ready)
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

  /** The stream that told it is served anew at once; the node's others have to be told. */
  @Override
  public void refused(String node, String group, Nack nack) {
    var standing = fleet.get().census().node(node);
    if (standing.filter(one -> one.streams().size() > 1).isPresent()) {
      xds.get().reassign(group);
    }
  }
}
