package myxds.snapshot;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.controlplane.cache.SnapshotResources;
import io.envoyproxy.controlplane.cache.VersionedResource;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import myxds.resource.Resource;
import myxds.resource.ResourceType;
import myxds.resource.XdsName;
import org.jspecify.annotations.Nullable;

/**
 * All that a group is served; immutable. Versions are hashes of the content, so that the same
 * content has the same version on every replica and after every restart, and a type's version
 * changes exactly when that type's content does.
 */
public final class GroupSnapshot extends Snapshot {
  private final SortedMap<ResourceType, TypeView> types;
  private final String version;

  private GroupSnapshot(SortedMap<ResourceType, TypeView> types) {
    this.types = Collections.unmodifiableSortedMap(types);
    this.version = ContentVersion.ofTypes(types);
  }

  /** A snapshot of these resources; no two of them have the same id. */
  public static GroupSnapshot of(Collection<Resource> resources) {
    return of(resources, null);
  }

  /**
   * A snapshot of these resources, which shares with the one before it what did not change.
   *
   * @param before null when there is none
   */
  public static GroupSnapshot of(Collection<Resource> resources, @Nullable GroupSnapshot before) {
    var types = new TreeMap<ResourceType, TypeView>(Comparator.comparing(ResourceType::typeUrl));
    resources.stream()
        .collect(Collectors.groupingBy(Resource::type))
        .forEach((type, some) ->
            types.put(type, view(some, before == null ? TypeView.EMPTY : before.ofType(type))));
    return new GroupSnapshot(types);
  }

  private static TypeView view(List<Resource> resources, TypeView before) {
    // For a hundred thousand names, a look into a sorted array each would take the longest of all.
    var known = new HashMap<String, Versioned>(before.size() * 2);
    before.all().forEach(one -> known.put(one.name(), one));
    return TypeView.of(
        resources.stream()
            .map(resource -> Versioned.of(resource, known.get(XdsName.canonical(resource.name()))))
            .toList());
  }

  /**
   * This, but of these types what the older state has; and whatever else the older one has that
   * this has not, for those may need it.
   */
  public GroupSnapshot keeping(Set<ResourceType> kept, GroupSnapshot older) {
    var mixed = new TreeMap<ResourceType, TypeView>(types.comparator());
    mixed.putAll(types);
    older.types.forEach((type, view) -> mixed.put(type, ofType(type).with(view.all())));
    for (var type : kept) {
      if (older.types.containsKey(type)) {
        mixed.put(type, older.ofType(type));
      } else {
        mixed.remove(type);
      }
    }
    return new GroupSnapshot(mixed);
  }

  /** The version of everything in it. */
  public String version() {
    return version;
  }

  /** The types that it has resources of. */
  public SortedMap<ResourceType, TypeView> types() {
    return types;
  }

  /** The resources of a type; an empty view when it has none. */
  public TypeView ofType(ResourceType type) {
    return types.getOrDefault(type, TypeView.EMPTY);
  }

  public String version(ResourceType type) {
    return ofType(type).version();
  }

  @Override
  public SnapshotResources<Cluster> clusters() {
    return library(ResourceType.CLUSTER, Cluster.getDefaultInstance());
  }

  @Override
  public SnapshotResources<ClusterLoadAssignment> endpoints() {
    return library(ResourceType.ENDPOINT, ClusterLoadAssignment.getDefaultInstance());
  }

  @Override
  public SnapshotResources<Listener> listeners() {
    return library(ResourceType.LISTENER, Listener.getDefaultInstance());
  }

  @Override
  public SnapshotResources<RouteConfiguration> routes() {
    return library(ResourceType.ROUTE, RouteConfiguration.getDefaultInstance());
  }

  @Override
  public SnapshotResources<Secret> secrets() {
    return library(ResourceType.SECRET, Secret.getDefaultInstance());
  }

  /** The library knows classes only: what is of an operator's schema is read once more. */
  private <T extends Message> SnapshotResources<T> library(ResourceType type, T prototype) {
    List<VersionedResource<T>> resources =
        ofType(type).all().stream()
            .map(one -> VersionedResource.create(of(prototype, one), one.version()))
            .toList();
    return SnapshotResources.create(resources, names -> version(type));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Message> T of(T prototype, Versioned one) {
    var message = one.resource().message();
    try {
      return (T)
          (prototype.getClass().isInstance(message)
              ? message
              : prototype.getParserForType().parseFrom(one.content()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(one.name() + " is not of the type that it is served as", e);
    }
  }
}
