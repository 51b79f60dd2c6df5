package myxds.snapshot;

import io.envoyproxy.controlplane.cache.SnapshotResources;
import io.envoyproxy.controlplane.cache.VersionedResource;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import myxds.resource.Resource;
import myxds.resource.ResourceType;

/**
 * All that a group is served; immutable. Versions are hashes of the content, so that the same
 * content has the same version on every replica and after every restart, and a type's version
 * changes exactly when that type's content does.
 */
public final class GroupSnapshot extends Snapshot {
  private final SortedMap<ResourceType, SortedMap<String, Versioned>> types;
  private final Map<ResourceType, String> versions;
  private final String version;
  private final SnapshotResources<Cluster> clusters;
  private final SnapshotResources<ClusterLoadAssignment> endpoints;
  private final SnapshotResources<Listener> listeners;
  private final SnapshotResources<RouteConfiguration> routes;
  private final SnapshotResources<Secret> secrets;

  /** One resource with the version of its content. */
  public record Versioned(Resource resource, String version) {}

  private GroupSnapshot(SortedMap<ResourceType, SortedMap<String, Versioned>> types) {
    this.types = types;
    this.versions =
        types.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, type -> versionOf(type.getValue().values())));
    this.version = ContentVersion.ofAll(new TreeMap<>(byUrl(versions)));
    this.clusters = library(ResourceType.CLUSTER, Cluster.class);
    this.endpoints = library(ResourceType.ENDPOINT, ClusterLoadAssignment.class);
    this.listeners = library(ResourceType.LISTENER, Listener.class);
    this.routes = library(ResourceType.ROUTE, RouteConfiguration.class);
    this.secrets = library(ResourceType.SECRET, Secret.class);
  }

  /** A snapshot of these resources; no two of them have the same id. */
  public static GroupSnapshot of(Collection<Resource> resources) {
    var types =
        new TreeMap<ResourceType, SortedMap<String, Versioned>>(
            Comparator.comparing(ResourceType::typeUrl));
    for (var resource : resources) {
      types
          .computeIfAbsent(resource.type(), type -> new TreeMap<>())
          .put(resource.name(), new Versioned(resource, ContentVersion.of(resource.message())));
    }
    return new GroupSnapshot(types);
  }

  /** The version of a choice of resources: equal content, equal version, whatever the order. */
  public static String versionOf(Collection<Versioned> resources) {
    var byName = new TreeMap<String, String>();
    resources.forEach(one -> byName.put(one.resource().name(), one.version()));
    return ContentVersion.ofAll(byName);
  }

  /** The version of everything in it. */
  public String version() {
    return version;
  }

  /** The types that it has resources of, each with its resources by name, sorted. */
  public SortedMap<ResourceType, SortedMap<String, Versioned>> types() {
    return types;
  }

  /** The resources of a type by name; none when it has none. */
  public SortedMap<String, Versioned> ofType(ResourceType type) {
    return types.getOrDefault(type, new TreeMap<>());
  }

  public String version(ResourceType type) {
    var known = versions.get(type);
    return known != null ? known : ContentVersion.ofAll(new TreeMap<>());
  }

  @Override
  public SnapshotResources<Cluster> clusters() {
    return clusters;
  }

  @Override
  public SnapshotResources<ClusterLoadAssignment> endpoints() {
    return endpoints;
  }

  @Override
  public SnapshotResources<Listener> listeners() {
    return listeners;
  }

  @Override
  public SnapshotResources<RouteConfiguration> routes() {
    return routes;
  }

  @Override
  public SnapshotResources<Secret> secrets() {
    return secrets;
  }

  private <T extends com.google.protobuf.Message> SnapshotResources<T> library(
      ResourceType type, Class<T> message) {
    List<VersionedResource<T>> resources =
        ofType(type).values().stream()
            .map(one ->
                VersionedResource.create(message.cast(one.resource().message()), one.version()))
            .toList();
    return SnapshotResources.create(resources, names -> version(type));
  }

  private static Map<String, String> byUrl(Map<ResourceType, String> versions) {
    return versions.entrySet().stream()
        .collect(Collectors.toMap(type -> type.getKey().typeUrl(), Map.Entry::getValue));
  }
}
