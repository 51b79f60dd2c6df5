package myxds;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import myxds.admin.AdminServer;
import myxds.discovery.RestServer;
import myxds.discovery.XdsServer;
import myxds.discovery.engine.References;
import myxds.discovery.engine.Rules;
import myxds.fleet.AwaitedNodes;
import myxds.fleet.Fleet;
import myxds.fleet.OnNack;
import myxds.logging.Logging;
import myxds.port.Connections;
import myxds.resource.Redaction;
import myxds.resource.Schema;
import myxds.settings.Reading.Accepted;
import myxds.settings.Settings;
import myxds.snapshot.GroupRule;
import myxds.snapshot.GroupRules;
import myxds.snapshot.Guard;
import myxds.snapshot.LastGood;

/** The settings in each room's own words; no room knows the settings. */
final class RoomOptions {
  /** Envoys keep their streams for ever: after this they are ended. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  static final AwaitedNodes.Options AWAITED =
      new AwaitedNodes.Options(AwaitedNodes.RETURN_WITHIN, InstantSource.system());

  private RoomOptions() {}

  /**
   * @param schema of the resources that are served
   * @param references of the resources, shared with {@link #fleet}
   */
  static XdsServer.Options xds(
      Settings settings, Schema schema, References references, Connections connections) {
    var grpc = settings.grpc();
    var delivery = settings.delivery();
    var rules =
        new Rules(
            "my-xds " + Daemon.version(),
            delivery.resourceErrors(),
            delivery.emptyEndpointsForMissing(),
            delivery.gateTimeout(),
            references,
            new Redaction(schema),
            delivery.csdsAllNodes());
    return new XdsServer.Options(
        new InetSocketAddress(grpc.address(), grpc.port()),
        connections,
        grpc.maxStreams(),
        grpc.keepaliveMin(),
        grpc.maxRequestBytes(),
        grpc.maxConnectionAge(),
        GRACE,
        new XdsServer.Delivery(rules, delivery.outboundBytes()));
  }

  static RestServer.Options rest(Settings settings, Connections connections) {
    var rest = settings.rest();
    return new RestServer.Options(
        new InetSocketAddress(rest.address(), rest.port()),
        connections,
        settings.grpc().maxRequestBytes(),
        settings.delivery().csdsAllNodes());
  }

  static Fleet.Options fleet(
      LiveSettings settings,
      References references,
      Function<Node, String> groups,
      LastGood lastGood) {
    return new Fleet.Options(
        groups,
        group -> settings.options().onNack(group),
        settings.atStart().fleet().keepsGone(),
        lastGood,
        InstantSource.system(),
        new Fleet.Requests(references, Fleet.Requests.QUIET));
  }

  static OnNack onNack(Settings.OnNack set) {
    return switch (set) {
      case Settings.OnNack.Keep() -> new OnNack.Keep();
      case Settings.OnNack.Ignore() -> new OnNack.Ignore();
      case Settings.OnNack.Rollback(double share) -> new OnNack.Rollback(share);
    };
  }

  static AdminServer.Options admin(Settings settings, Connections connections) {
    var admin = settings.admin();
    var address = new InetSocketAddress(admin.address(), admin.port());
    return new AdminServer.Options(address, connections, admin.hosts());
  }

  static Guard guard(Settings settings) {
    var guard = settings.checks().guard();
    return guard.on() ? new Guard(true, guard.maxRemoved(), guard.min()) : Guard.OFF;
  }

  static GroupRules groups(Accepted settings) {
    var at = LiveSettings.origin(settings.value("default_group").place());
    return new GroupRules(rules(settings.settings()), settings.settings().defaultGroup(), at);
  }

  static List<GroupRule> rules(Settings settings) {
    return settings.groups().stream()
        .map(group ->
            new GroupRule(group.name(), group.patterns(), LiveSettings.origin(group.place())))
        .toList();
  }

  static Logging.Format logFormat(Settings settings) {
    return switch (settings.logFormat()) {
      case TEXT -> Logging.Format.TEXT;
      case JSON -> Logging.Format.JSON;
    };
  }
}
