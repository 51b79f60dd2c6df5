package myxds.discovery.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.resource.ConfigReference;
import myxds.resource.ResourceType;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of a stream that the client has ACKed, but not their endpoints yet. Envoy ACKs a
 * cluster when it has its endpoints; other clients ACK it at once and request its endpoints only
 * then. Until they ACK those too, a route to the cluster would lose requests.
 */
final class UnservedClusters {
  private final Map<ResourceType, TypeState> types;

  /** The clusters that are not new; null until the client has ACKed or claimed any. */
  private @Nullable TypeView known;

  /** A client that wants all clusters is expected to request their endpoints, until it does not. */
  private boolean expectant = true;

  /**
   * @param types the stream's own, which others change
   */
  UnservedClusters(Map<ResourceType, TypeState> types) {
    this.types = types;
  }

  /** Returns the names of those that may be new to the client's routes and listeners. */
  Set<String> names(Served served) {
    var names = new HashSet<>(newOnes(served));
    var endpoints = firstInFlight(served);
    if (!endpoints.isEmpty()) {
      served.view(ResourceType.CLUSTER).all().stream()
          .filter(cluster -> endpoints(cluster, served).anyMatch(endpoints::contains))
          .forEach(cluster -> names.add(cluster.name()));
    }
    return names;
  }

  /** Takes note of an ACK: clusters that have their endpoints are new no longer. */
  void acked(TypeState state, Served served) {
    if (state.type.equals(ResourceType.CLUSTER) || state.type.equals(ResourceType.ENDPOINT)) {
      newOnes(served);
    }
  }

  /** Counts all clusters as known: their endpoints were waited for long enough. */
  void giveUp() {
    known = null;
    expectant &= endpoints() != null;
  }

  private Set<String> newOnes(Served served) {
    var clusters = types.get(ResourceType.CLUSTER);
    if (clusters == null || clusters.acked == null) {
      return Set.of();
    }
    if (known == null || !mayRequestEndpoints(clusters)) {
      known = clusters.acked;
    }
    var unserved =
        served.change(known, clusters.acked).added().stream()
            .filter(clusters.subscription::wants)
            .filter(cluster -> lacksEndpoints(cluster, served))
            .map(Versioned::name)
            .collect(Collectors.toUnmodifiableSet());
    if (unserved.isEmpty()) {
      known = clusters.acked;
    }
    return unserved;
  }

  /** Returns the assignments that the client was sent for the first time and has not ACKed yet. */
  private Set<String> firstInFlight(Served served) {
    var endpoints = endpoints();
    if (endpoints == null || !endpoints.inFlight) {
      return Set.of();
    }
    var acked = endpoints.acked == null ? TypeView.EMPTY : endpoints.acked;
    var sent = new HashSet<>(endpoints.unaccepted);
    served.change(acked, endpoints.basis()).added().stream()
        .filter(endpoints.subscription::wants)
        .forEach(assignment -> sent.add(assignment.name()));
    return sent;
  }

  private boolean mayRequestEndpoints(TypeState clusters) {
    return endpoints() != null || (expectant && clusters.subscription.isWildcard());
  }

  /** Where the client stands with endpoints; null when it has not requested any. */
  private @Nullable TypeState endpoints() {
    var endpoints = types.get(ResourceType.ENDPOINT);
    return endpoints != null && endpoints.asked ? endpoints : null;
  }

  /** Returns whether there are endpoints that the client should have and has not ACKed. */
  private boolean lacksEndpoints(Versioned cluster, Served served) {
    return endpoints(cluster, served)
        .map(served.view(ResourceType.ENDPOINT)::get)
        .anyMatch(assignment -> assignment != null && !isAcked(assignment));
  }

  /** Returns the names by which the client requests a cluster's endpoints on this stream. */
  private static Stream<String> endpoints(Versioned cluster, Served served) {
    return served.references().of(cluster).stream()
        .filter(one -> one.aggregated() && one.type().equals(ResourceType.ENDPOINT))
        .map(ConfigReference::name);
  }

  private boolean isAcked(Versioned assignment) {
    var state = endpoints();
    return state != null
        && state.acked != null
        && state.acked.contains(assignment.name())
        && state.subscription.wants(assignment)
        && !state.forced.contains(assignment.name())
        && !state.unaccepted.contains(assignment.name());
  }
}
