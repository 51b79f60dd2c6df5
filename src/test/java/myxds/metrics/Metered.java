package myxds.metrics;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import myxds.discovery.engine.References;
import myxds.fleet.Fleet;
import myxds.fleet.FleetObserver;
import myxds.fleet.OnNack;
import myxds.port.Connections;
import myxds.port.Limits;
import myxds.port.Port;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.GroupState.Standing;
import myxds.snapshot.KeepsNothing;
import myxds.snapshot.PublishedState;

/** Meters over a world that a test changes. */
final class Metered {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  boolean accepting = true;
  int statesWaiting;
  long outbound;
  final List<String> looked = new ArrayList<>();
  final Fleet fleet =
      new Fleet(
          new Fleet.Options(
              Node::getCluster,
              group -> new OnNack.Keep(),
              Duration.ofMinutes(10),
              new KeepsNothing(),
              () -> NOON,
              new Fleet.Requests(new References(any -> Set.of()), Duration.ZERO)),
          new FleetObserver() {});
  final Metrics metrics =
      new Metrics(
          "1.2.3",
          new Metrics.Facts(
              () -> accepting,
              fleet::census,
              () -> statesWaiting,
              () -> outbound,
              1000,
              this::expiry,
              List.of(new Connections(Port.ADMIN, Limits.of(7), reason -> {}))));

  /** A resource's certificate ends on the day of December that is its name. */
  private Optional<Instant> expiry(Resource resource) {
    looked.add(resource.name());
    return resource.name().matches("\\d+")
        ? Optional.of(Instant.parse("2026-12-%sT00:00:00Z".formatted(resource.name())))
        : Optional.empty();
  }

  static PublishedState serving(GroupSnapshot snapshot) {
    var group = new GroupState("edge", Standing.PUBLISHED, snapshot, Instant.EPOCH, null);
    return new PublishedState(Map.of("edge", group), List.of(), true, null);
  }

  static GroupSnapshot clusters(String... names) {
    return GroupSnapshot.of(resources(names));
  }

  static List<Resource> resources(String... names) {
    return Stream.of(names)
        .map(name ->
            new Resource(
                new ResourceId(ResourceType.CLUSTER, name),
                Cluster.newBuilder().setName(name).build(),
                Origin.of("edge/a.yaml")))
        .toList();
  }
}
