package myxds;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import myxds.admin.AdminServer;
import myxds.admin.Events;
import myxds.discovery.DiscoveryObserver;
import myxds.discovery.LoggingObserver;
import myxds.discovery.RestServer;
import myxds.discovery.XdsServer;
import myxds.discovery.engine.References;
import myxds.fleet.AwaitedNodes;
import myxds.fleet.Changes;
import myxds.fleet.Fleet;
import myxds.fleet.FleetLog;
import myxds.fleet.FleetObserver;
import myxds.fleet.Rollbacks;
import myxds.gate.ConfigReferences;
import myxds.gate.conflict.Expiry;
import myxds.metrics.Metrics;
import myxds.resource.Schema;
import myxds.snapshot.Groups;
import myxds.snapshot.LastGood;
import myxds.snapshot.PublishLog;
import myxds.snapshot.PublishObserver;
import myxds.snapshot.Publisher;
import myxds.snapshot.Rollback;
import myxds.source.Source;
import myxds.source.file.FileSource;

/**
 * The running whole, and the only place where rooms meet: built in order, started in order, closed
 * in reverse. {@link #start} opens the people's port and reads; {@link #openDoors} lets Envoys in,
 * once there is something right to tell them.
 */
final class ControlPlane implements AutoCloseable {
  private final LiveSettings live;
  private volatile boolean accepting;
  private final Schema schema;
  private final Opened opened = new Opened();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final SimpleCache<String> cache;
  private final PortConnections connections;
  private final Metrics metrics;
  private final Changes changes = new Changes(InstantSource.system());
  private final Events events = new Events(InstantSource.system());
  private final Doors doors = new Doors(this::xds, ready);
  private final Rollbacks rollbacks = new Rollbacks(this::fleet, this::rollBack);
  private final AwaitedNodes awaited;
  private final Fleet fleet;
  private final Publisher publisher;
  private final Source source;
  private final Reloading reloading;
  private final AdminServer admin;
  private final XdsServer xds;
  private final RestServer rest;

  /**
   * @param lastGood what was published before the last stop, and is to be kept for the next start
   * @param failed is told why, when a port stops accepting connections for good
   */
  ControlPlane(LiveSettings live, Schema schema, LastGood lastGood, Consumer<String> failed) {
    this.live = live;
    var settings = live.atStart();
    this.schema = schema;
    var groups = new Groups(() -> live.options().groups(), this::isServed);
    this.cache = new SimpleCache<>(groups);
    var references = new References(new ConfigReferences(schema)::of);
    this.connections = PortConnections.of(settings, failed);
    this.metrics = new Metrics(Daemon.version(), facts());
    this.awaited = new AwaitedNodes(this::fleet, lastGood, RoomOptions.AWAITED);
    this.fleet =
        new Fleet(
            RoomOptions.fleet(live, references, groups::hash, lastGood),
            FleetObserver.all(
                List.of(new FleetLog(), metrics, changes, events, doors, rollbacks, awaited)));
    this.publisher = publisher(lastGood);
    this.source = FileSource.of(settings.config());
    this.reloading = new Reloading(live, source, publisher, () -> xds().regroup());
    this.admin = admin();
    var observer = DiscoveryObserver.all(List.of(new LoggingObserver(), metrics, fleet));
    this.xds =
        new XdsServer(
            RoomOptions.xds(settings, schema, references, connections.grpc()), fleet, observer);
    var sources = new RestServer.Sources(xds::snapshot, xds::clientStatus);
    this.rest =
        new RestServer(RoomOptions.rest(settings, connections.rest()), sources, schema, observer);
  }

  /**
   * Opens the admin port and begins to read.
   *
   * @throws IOException if a port is taken
   */
  void start() throws IOException {
    opened.push(fleet, rollbacks);
    fleet.remember();
    awaited.remember();
    opened.push(publisher);
    publisher.restore();
    source.start(new Handover(reloading, publisher));
    opened.push(source);
    // A port that is taken is told now, not when the first state is there, maybe hours later.
    xds.ensureFree();
    rest.ensureFree();
    admin.start();
    opened.push(admin);
  }

  /**
   * Waits for the first state that can be served, and then accepts Envoys.
   *
   * @throws IOException if a port is taken
   */
  Ports openDoors() throws IOException, InterruptedException {
    ready.await();
    awaited.accepting();
    xds.start();
    opened.push(xds, awaited);
    rest.start();
    opened.push(rest);
    accepting = true;
    return new Ports(xds.port(), rest.port(), admin.port());
  }

  /** Reads the settings and the source now. Never blocks. */
  void reload() {
    reloading.reloadAndLog();
  }

  /** How many groups are served. */
  int groups() {
    return publisher.state().groups().size();
  }

  @Override
  public void close() {
    accepting = false;
    opened.close();
  }

  private Publisher publisher(LastGood lastGood) {
    return new Publisher(
        () -> live.options().checks(),
        new Publisher.Shelves(cache, lastGood, InstantSource.system()),
        PublishObserver.all(List.of(new PublishLog(), metrics, changes, events, fleet, doors)));
  }

  private Metrics.Facts facts() {
    return new Metrics.Facts(
        () -> accepting,
        () -> fleet.census(),
        () -> publisher.waiting(),
        () -> xds.waitingBytes(),
        live.atStart().delivery().outboundBytes(),
        new Expiry(schema)::of,
        connections.all());
  }

  private AdminServer admin() {
    var facts =
        new AdminServer.Facts(
            live.atStart().config(),
            publisher::state,
            reloading::judged,
            fleet,
            awaited,
            changes,
            events,
            schema,
            () -> accepting,
            request -> xds().clientStatus(request),
            new Proposals(schema, live::options, publisher::state));
    return new AdminServer(
        RoomOptions.admin(live.atStart(), connections.admin()),
        facts,
        new Actions(publisher, reloading, fleet, nodes -> xds.retry(nodes)),
        new AdminServer.Exposition(Metrics.CONTENT_TYPE, metrics::text));
  }

  private XdsServer xds() {
    return xds;
  }

  private void rollBack(String group, Rollback to) {
    publisher.rollBack(group, to);
  }

  private Fleet fleet() {
    return fleet;
  }

  private boolean isServed(String group) {
    return cache.getSnapshot(group) != null;
  }
}
