package myxds;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import myxds.admin.AdminServer;
import myxds.admin.Events;
import myxds.discovery.DiscoveryObserver;
import myxds.discovery.LoggingObserver;
import myxds.discovery.RestServer;
import myxds.discovery.XdsServer;
import myxds.fleet.Changes;
import myxds.fleet.Fleet;
import myxds.fleet.FleetLog;
import myxds.fleet.FleetObserver;
import myxds.fleet.Rollbacks;
import myxds.gate.conflict.Expiry;
import myxds.metrics.Metrics;
import myxds.resource.Schema;
import myxds.settings.Settings;
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
  private final Settings settings;
  private volatile boolean accepting;
  private final Schema schema;
  private final Opened opened = new Opened();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Groups groups;
  private final SimpleCache<String> cache;
  private final Metrics metrics;
  private final Changes changes = new Changes(InstantSource.system());
  private final Events events = new Events(InstantSource.system());
  private final Doors doors = new Doors(this::xds, ready);
  private final Rollbacks rollbacks = new Rollbacks(this::fleet, this::rollBack);
  private final Fleet fleet;
  private final Publisher publisher;
  private final Source source;
  private final Reloading reloading;
  private final AdminServer admin;
  private final XdsServer xds;
  private final RestServer rest;

  /**
   * @param lastGood what was published before the last stop, and is to be kept for the next start
   */
  ControlPlane(LiveSettings live, Schema schema, LastGood lastGood) {
    this.live = live;
    this.settings = live.atStart();
    this.schema = schema;
    this.groups = new Groups(() -> live.options().groups(), this::isServed);
    this.cache = new SimpleCache<>(groups);
    this.metrics = new Metrics(version(), facts());
    this.fleet =
        new Fleet(
            RoomOptions.fleet(live, groups::hash, lastGood),
            FleetObserver.all(List.of(new FleetLog(), metrics, changes, events, doors, rollbacks)));
    this.publisher = publisher(lastGood);
    this.source = FileSource.of(settings.config());
    this.reloading = new Reloading(live, source, publisher, () -> xds().regroup());
    this.admin = admin();
    var observer = DiscoveryObserver.all(List.of(new LoggingObserver(), metrics, fleet));
    this.xds = new XdsServer(RoomOptions.xds(settings, schema, version()), fleet, observer);
    this.rest = restServer(observer);
  }

  /**
   * Opens the admin port and begins to read.
   *
   * @throws IOException if a port is taken
   */
  void start() throws IOException {
    opened.push(fleet);
    opened.push(rollbacks);
    fleet.remember();
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
    xds.start();
    opened.push(xds);
    rest.start();
    opened.push(rest);
    accepting = true;
    return new Ports(xds.port(), rest.port(), admin.port());
  }

  /** Reads the settings and the source now. Never blocks. */
  void reload() {
    var unused = reloading.reload();
  }

  /** How many groups are served. */
  int groups() {
    return publisher.state().groups().size();
  }

  /** The version of this build. */
  static String version() {
    return Optional.ofNullable(ControlPlane.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public void close() {
    accepting = false;
    opened.close();
  }

  private Publisher publisher(LastGood lastGood) {
    var observer =
        PublishObserver.all(List.of(new PublishLog(), metrics, changes, events, fleet, doors));
    return new Publisher(
        () -> live.options().checks(),
        new Publisher.Shelves(cache, lastGood, Clock.systemUTC()),
        observer);
  }

  private Metrics.Facts facts() {
    return new Metrics.Facts(
        () -> accepting,
        () -> fleet.census(),
        () -> publisher.waiting(),
        () -> xds.waitingBytes(),
        settings.delivery().outboundBytes(),
        new Expiry(schema)::of);
  }

  private AdminServer admin() {
    var facts =
        new AdminServer.Facts(
            settings.config(),
            publisher::state,
            fleet,
            changes,
            events,
            schema,
            () -> accepting,
            new Proposals(schema, live::options, publisher::state));
    return new AdminServer(
        RoomOptions.admin(settings),
        facts,
        new Actions(publisher, reloading, fleet, nodes -> xds.retry(nodes)),
        new AdminServer.Exposition(Metrics.CONTENT_TYPE, metrics::text));
  }

  private RestServer restServer(DiscoveryObserver observer) {
    var sources = new RestServer.Sources(xds::snapshot, xds::clientStatus);
    return new RestServer(RoomOptions.rest(settings), sources, schema, observer);
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
