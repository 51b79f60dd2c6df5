package myxds.discovery.engine;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;

/**
 * A group's configuration as it changes by chance, but always whole: routes and listeners name only
 * clusters that exist.
 */
final class World {
  static final List<ResourceType> TYPES =
      List.of(
          ResourceType.CLUSTER,
          ResourceType.ENDPOINT,
          ResourceType.SECRET,
          ResourceType.LISTENER,
          ResourceType.ROUTE,
          ResourceType.EXTENSION_CONFIG);
  private static final int NAMES = 5;

  private final Random random;
  private final TreeMap<String, Integer> clusters = new TreeMap<>();
  private final TreeMap<String, Integer> endpoints = new TreeMap<>();
  private final TreeMap<String, String> listeners = new TreeMap<>();
  private final TreeMap<String, String> routes = new TreeMap<>();
  private final TreeMap<String, Integer> secrets = new TreeMap<>();
  private final TreeMap<String, Integer> filters = new TreeMap<>();

  /** By which config sources each resource asks for others. */
  private final TreeMap<String, Sources> sources = new TreeMap<>();

  private int edition;

  World(Random random) {
    this.random = random;
  }

  /** A few edits, then the state that they lead to. */
  GroupSnapshot edited() {
    for (int i = random.nextInt(4); i >= 0; i--) {
      edit();
    }
    return snapshot();
  }

  /** Every resource in a version that nobody has seen. */
  GroupSnapshot renewed() {
    clusters.replaceAll((name, version) -> ++edition);
    endpoints.replaceAll((name, version) -> ++edition);
    secrets.replaceAll((name, version) -> ++edition);
    filters.replaceAll((name, version) -> ++edition);
    return snapshot();
  }

  /** The name of a resource that may exist. */
  static String name(ResourceType type, Random random) {
    return prefix(type) + "n" + random.nextInt(NAMES);
  }

  private static String prefix(ResourceType type) {
    if (type.equals(ResourceType.LISTENER)) {
      return "listener-";
    }
    if (type.equals(ResourceType.ROUTE)) {
      return "route-";
    }
    if (type.equals(ResourceType.SECRET)) {
      return "secret-";
    }
    return type.equals(ResourceType.EXTENSION_CONFIG) ? "filter-" : "cluster-";
  }

  private void edit() {
    var name = "n" + random.nextInt(NAMES);
    switch (random.nextInt(12)) {
      case 0, 1 -> clusters.put("cluster-" + name, ++edition);
      case 2 -> clusters.remove("cluster-" + name);
      case 3 -> endpoints.put("cluster-" + name, ++edition);
      case 4 -> endpoints.remove("cluster-" + name);
      case 5 -> target(listeners, "listener-" + name);
      case 6 -> target(routes, "route-" + name);
      case 7 -> toggle(secrets, "secret-" + name);
      case 8 -> toggle(filters, "filter-" + name);
      case 9, 10 -> source(name);
      default -> swap();
    }
    listeners.values().removeIf(cluster -> !clusters.containsKey(cluster));
    routes.values().removeIf(cluster -> !clusters.containsKey(cluster));
  }

  private void toggle(Map<String, Integer> versions, String name) {
    if (random.nextInt(3) == 0) {
      versions.remove(name);
    } else {
      versions.put(name, ++edition);
    }
  }

  /** Other bytes of a config source, though it leads to the same. */
  private void source(String name) {
    var parents = List.of("cluster-", "listener-", "filter-");
    var other = "n" + random.nextInt(NAMES);
    boolean ads = random.nextInt(4) > 0;
    sources.put(
        parents.get(random.nextInt(parents.size())) + name, new Sources(other, ++edition, ads));
  }

  private Sources sources(String name) {
    return sources.getOrDefault(name, Sources.NONE);
  }

  private void target(Map<String, String> users, String name) {
    if (clusters.isEmpty() || random.nextInt(3) == 0) {
      users.remove(name);
    } else {
      users.put(name, List.copyOf(clusters.keySet()).get(random.nextInt(clusters.size())));
    }
  }

  /** Blue goes, green comes, and all that named the one names the other. */
  private void swap() {
    if (clusters.isEmpty()) {
      return;
    }
    var blue = List.copyOf(clusters.keySet()).get(random.nextInt(clusters.size()));
    var green = "cluster-n" + random.nextInt(NAMES);
    if (!blue.equals(green)) {
      clusters.remove(blue);
      endpoints.remove(blue);
      clusters.putIfAbsent(green, ++edition);
      endpoints.putIfAbsent(green, ++edition);
      listeners.replaceAll((name, cluster) -> cluster.equals(blue) ? green : cluster);
      routes.replaceAll((name, cluster) -> cluster.equals(blue) ? green : cluster);
    }
  }

  private GroupSnapshot snapshot() {
    var resources = new ArrayList<Resource>();
    clusters.forEach((name, version) ->
        resources.add(resource(ResourceType.CLUSTER, name, sources(name).cluster(name, version))));
    endpoints.forEach(
        (name, version) -> resources.add(resource(ResourceType.ENDPOINT, name, assignment(name))));
    listeners.forEach((name, cluster) ->
        resources.add(
            resource(
                ResourceType.LISTENER,
                name,
                sources(name).listener(name, route("inline", cluster)))));
    routes.forEach(
        (name, cluster) -> resources.add(resource(ResourceType.ROUTE, name, route(name, cluster))));
    secrets.forEach((name, version) ->
        resources.add(resource(ResourceType.SECRET, name, Sources.secret(name, version))));
    filters.forEach((name, version) ->
        resources.add(
            resource(ResourceType.EXTENSION_CONFIG, name, sources(name).filter(name, version))));
    return GroupSnapshot.of(resources);
  }

  private ClusterLoadAssignment assignment(String name) {
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(name)
        .setPolicy(
            ClusterLoadAssignment.Policy.newBuilder()
                .setOverprovisioningFactor(
                    com.google.protobuf.UInt32Value.of(
                        100 + Objects.requireNonNull(endpoints.get(name)))))
        .build();
  }

  private static RouteConfiguration route(String name, String cluster) {
    return RouteConfiguration.newBuilder()
        .setName(name)
        .addVirtualHosts(
            VirtualHost.newBuilder()
                .setName("all")
                .addRoutes(
                    Route.newBuilder().setRoute(RouteAction.newBuilder().setCluster(cluster))))
        .build();
  }

  private static Resource resource(ResourceType type, String name, Message message) {
    return new Resource(new ResourceId(type, name), message, Origin.of("world"));
  }
}
