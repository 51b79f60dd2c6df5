package myxds.discovery.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import myxds.resource.ConfigReference;
import myxds.resource.ResourceType;
import myxds.snapshot.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * What a stream sends once more after a resource that depends on it. Envoy keys its providers of
 * endpoints, secrets and extension configurations by the bytes of the config source: a changed or
 * added resource may come with a new provider, which repeats Envoy's previous request (SotW) or
 * requests nothing (delta), and waits for what the client already has.
 */
final class Followers {
  private final Map<ResourceType, TypeState> types;

  /**
   * A delta client that comes back tells type by type what it holds, and is not sent that again.
   * What follows a resource is remembered for the types that it has yet to request.
   */
  private boolean returning;

  /**
   * @param types the stream's own, which others change
   */
  Followers(Map<ResourceType, TypeState> types) {
    this.types = types;
  }

  /** Notes that the client holds resources from an earlier stream, perhaps not of every type. */
  void returns(Served served) {
    if (returning) {
      return;
    }
    returning = true;
    for (var state : List.copyOf(types.values())) {
      state.basis().all().stream()
          .filter(resource -> state.answered() && state.subscription.wants(resource))
          .flatMap(resource -> served.references().of(resource).stream())
          .filter(Followers::isFollower)
          .forEach(this::sendAgain);
    }
  }

  /** Returns whether what is referenced is sent again on the stream of the referencing resource. */
  static boolean isFollower(ConfigReference reference) {
    return reference.aggregated() && Order.follows(reference.type());
  }

  /** Marks what is to be sent once more after this answer, which was sent. */
  void follow(Question answered, Served served) {
    if (isWanted()) {
      served.followers(answered).forEach(this::sendAgain);
    }
    if (answered.type().equals(ResourceType.ROUTE)) {
      served.change(answered.from().view(), answered.to().view()).updated().stream()
          .filter(answered.subscription()::wants)
          .forEach(route -> virtualHosts(route, served));
    }
  }

  /**
   * Marks the endpoints of changed clusters on a stream that carries no clusters itself.
   *
   * @param clusters what changed, on whatever stream the client requests it
   */
  void followElsewhere(Change clusters, Served served) {
    var endpoints = types.get(ResourceType.ENDPOINT);
    if (endpoints != null) {
      clusters.updated().stream()
          .flatMap(cluster -> endpoints(cluster, served))
          .forEach(endpoints.again::add);
    }
  }

  /** Returns the names by which a cluster requests its endpoints, from any server. */
  private static Stream<String> endpoints(Versioned cluster, Served served) {
    return served.references().of(cluster).stream()
        .filter(reference -> reference.type().equals(ResourceType.ENDPOINT))
        .map(ConfigReference::name);
  }

  /** Most clients request one type after the other: references need not be read for the first. */
  private boolean isWanted() {
    return returning
        || types.values().stream().anyMatch(state -> state.asked && Order.follows(state.type));
  }

  private void sendAgain(ConfigReference reference) {
    var state = state(reference.type());
    if (state != null) {
      state.again.add(reference.name());
    }
  }

  private @Nullable TypeState state(ResourceType type) {
    return returning ? types.computeIfAbsent(type, TypeState::new) : types.get(type);
  }

  /** A route configuration that was replaced has lost the virtual hosts that came on demand. */
  private void virtualHosts(Versioned route, Served served) {
    var hosts = types.get(ResourceType.VIRTUAL_HOST);
    if (hosts != null) {
      served.view(ResourceType.VIRTUAL_HOST).all().stream()
          .map(Versioned::name)
          .filter(name -> name.startsWith(route.name() + "/"))
          .forEach(hosts.again::add);
    }
  }
}
