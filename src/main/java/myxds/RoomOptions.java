package myxds;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
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
import myxds.gate.ConfigReferences;
import myxds.port.Connections;
import myxds.resource.Redaction;
import myxds.resource.Schema;
import myxds.settings.Settings;
import myxds.snapshot.GroupRule;
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
   * @param version of this build, told to every client
   */
  static XdsServer.Options xds(
      Settings settings, Schema schema, String version, Connections connections) {
    var grpc = settings.grpc();
    var delivery = settings.delivery();
    var rules =
        new Rules(
            "my-xds " + version,
            delivery.resourceErrors(),
            delivery.emptyEndpointsForMissing(),
            delivery.gateTimeout(),
            new References(new ConfigReferences(schema)::of),
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
      Settings settings, Schema schema, Function<Node, String> groups, LastGood lastGood) {
    var byGroup = new HashMap<String, OnNack>();
    for (var group : settings.groups()) {
      if (group.onNack() != null) {
        byGroup.putIfAbsent(group.name(), onNack(group.onNack()));
      }
    }
    var otherwise = onNack(settings.fleet().onNack());
    return new Fleet.Options(
        groups,
        group -> byGroup.getOrDefault(group, otherwise),
        settings.fleet().keepsGone(),
        lastGood,
        InstantSource.system(),
        new Fleet.Requests(new References(new ConfigReferences(schema)::of), Fleet.Requests.QUIET));
  }

  private static OnNack onNack(Settings.OnNack set) {
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

  static List<GroupRule> groupRules(Settings settings) {
    return settings.groups().stream()
        .map(group -> new GroupRule(group.name(), group.patterns()))
        .toList();
  }
}
