package myxds.discovery.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import myxds.resource.ResourceType;
import myxds.resource.XdsName;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;

/** How a delta client asks: it adds names and takes names back. */
final class DeltaRules {
  private DeltaRules() {}

  /** Takes over what the request adds and takes back. */
  static void subscribe(TypeState state, StreamRequest.Delta request, TypeView current) {
    boolean first = !state.asked;
    if (!first && request.names().isEmpty() && request.unsubscribed().isEmpty()) {
      // Most requests are a bare ACK.
      return;
    }
    var dropped = canonical(request.unsubscribed());
    var added = canonical(request.names());
    added.removeAll(dropped);
    var claims = first ? claims(request.claims()) : Map.<String, String>of();
    if (first) {
      first(state, added.isEmpty(), dropped.isEmpty(), claims);
    }
    var names = new HashSet<>(state.subscription.names());
    boolean wildcard = state.subscription.isWildcard();
    if (added.remove(Subscription.WILDCARD)) {
      wildcard = true;
      state.all = claims.isEmpty();
      state.due = claims.isEmpty();
    }
    add(state, names, added, claims);
    if (dropped.remove(Subscription.WILDCARD)) {
      wildcard = false;
    }
    drop(new Dropping(state, names, current, wildcard), dropped);
    state.subscription = Subscription.of(wildcard, names);
  }

  /** A first message without names asks for everything; without claims, it wants an answer. */
  private static void first(
      TypeState state, boolean nothingAdded, boolean nothingDropped, Map<String, String> claims) {
    state.asked = true;
    boolean wildcard =
        nothingAdded
            && (nothingDropped || SotwRules.isWhole(state.type))
            && !state.type.equals(ResourceType.VIRTUAL_HOST);
    if (wildcard) {
      state.subscription = Subscription.ALL;
      state.all = claims.isEmpty();
      state.due = claims.isEmpty();
    }
    if (!claims.isEmpty()) {
      state.claim = (same, served) -> resolve(same, claims, served.view(same.type));
    }
  }

  private static void add(
      TypeState state, Set<String> names, Set<String> added, Map<String, String> claims) {
    for (var name : added) {
      names.add(name);
      // Envoy repeats on a new stream what it holds: that is a difference to be told, not a wish.
      if (!claims.containsKey(name)) {
        state.forced.add(name);
      }
    }
  }

  /** What a request takes names back from. */
  private record Dropping(TypeState state, Set<String> names, TypeView current, boolean wildcard) {}

  /** A name taken back under a wildcard is answered: the client must learn what it has now. */
  private static void drop(Dropping from, Set<String> dropped) {
    for (var name : dropped) {
      boolean was = from.names.remove(name);
      from.state.forced.remove(name);
      if (was && from.wildcard) {
        from.state.forced.add(name);
      }
      var resource = from.current.find(name);
      if (resource != null) {
        from.names.remove(resource.name());
        resource.aliases().forEach(from.names::remove);
      }
    }
  }

  /** Points to the shared view if the client holds just that; else keeps what it claims. */
  private static void resolve(TypeState state, Map<String, String> claims, TypeView current) {
    state.held = isCurrent(state, claims, current) ? current : claimed(claims, current);
    state.acked = state.held;
  }

  private static boolean isCurrent(TypeState state, Map<String, String> claims, TypeView current) {
    if (state.subscription.isWildcard() && claims.size() != current.size()) {
      return false;
    }
    return claims.entrySet().stream()
        .allMatch(claim -> {
          var resource = current.get(claim.getKey());
          return resource != null && resource.version().equals(claim.getValue());
        });
  }

  private static TypeView claimed(Map<String, String> claims, TypeView current) {
    List<Versioned> held = new ArrayList<>();
    claims.forEach((name, version) -> {
      var resource = current.get(name);
      boolean same = resource != null && resource.version().equals(version);
      held.add(same ? resource : Versioned.claimed(name, version));
    });
    return TypeView.of(held);
  }

  private static Map<String, String> claims(Map<String, String> versions) {
    var claims = new TreeMap<String, String>();
    versions.forEach((name, version) -> claims.put(XdsName.canonical(name), version));
    return claims;
  }

  private static Set<String> canonical(List<String> names) {
    return names.stream().map(XdsName::canonical).collect(Collectors.toCollection(HashSet::new));
  }
}
