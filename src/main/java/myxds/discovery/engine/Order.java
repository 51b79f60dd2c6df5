package myxds.discovery.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import myxds.resource.ResourceType;

/** In which order the types of one change are told, and which of them may name a cluster. */
final class Order {
  /** Secrets before those who use them; what is not here comes last. */
  private static final List<ResourceType> TOLD =
      List.of(
          ResourceType.CLUSTER,
          ResourceType.ENDPOINT,
          ResourceType.SECRET,
          ResourceType.LISTENER,
          ResourceType.ROUTE,
          ResourceType.SCOPED_ROUTE,
          ResourceType.VIRTUAL_HOST);

  /** What a cluster needs before it is warm must never wait for the cluster. */
  private static final Set<ResourceType> BELOW_CLUSTERS =
      Set.of(
          ResourceType.CLUSTER,
          ResourceType.ENDPOINT,
          ResourceType.LOCALITY_ENDPOINT,
          ResourceType.SECRET,
          ResourceType.RUNTIME);

  /**
   * What Envoy waits for once more when a resource that references it changes. Route configurations
   * are not among them: Envoy keeps those that it has.
   */
  private static final Set<ResourceType> FOLLOWING =
      Set.of(ResourceType.ENDPOINT, ResourceType.SECRET, ResourceType.EXTENSION_CONFIG);

  static final Comparator<ResourceType> OF_TYPES =
      Comparator.comparingInt(Order::rank).thenComparing(ResourceType::typeUrl);

  private Order() {}

  /** Whether resources of this type may send traffic to clusters. */
  static boolean mayNameClusters(ResourceType type) {
    return !BELOW_CLUSTERS.contains(type);
  }

  /** Returns whether resources of this type are sent again after those that reference them. */
  static boolean follows(ResourceType type) {
    return FOLLOWING.contains(type);
  }

  private static int rank(ResourceType type) {
    int place = TOLD.indexOf(type);
    return place < 0 ? TOLD.size() : place;
  }
}
