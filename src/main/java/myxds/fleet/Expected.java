package myxds.fleet;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.discovery.engine.References;
import myxds.fleet.NodeEntry.Asked;
import myxds.resource.ConfigReference;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;

/**
 * The requests that a client will send because of what it ACKed. An Envoy that starts ACKs its
 * clusters before it requests listeners, and a listener before it requests its routes: at that
 * moment it has ACKed all that it requested, and does not run the state yet. What the bootstrap
 * makes a client request is not known, so a client that sends no further request for some time is
 * expected to send none. Safe for many threads.
 */
final class Expected {
  private static final String ALL = "*";
  private static final List<ResourceType> ROOTS =
      List.of(ResourceType.CLUSTER, ResourceType.LISTENER);

  private final References references;
  private final Duration quiet;

  /** The references of all resources of a type. */
  private final LoadingCache<TypeView, Set<ConfigReference>> ofAll =
      CacheBuilder.newBuilder().weakKeys().build(CacheLoader.from(view -> of(view.all().stream())));

  /** Clients that ask alike share one list. */
  private final LoadingCache<List<String>, Set<String>> sets =
      CacheBuilder.newBuilder().weakKeys().build(CacheLoader.from(names -> Set.copyOf(names)));

  /**
   * @param quiet how long further requests are expected
   */
  Expected(References references, Duration quiet) {
    this.references = references;
    this.quiet = quiet;
  }

  /** Returns whether a client that changed its requests last at that time sends no further ones. */
  boolean isQuiet(Instant changed, Instant now) {
    return !changed.plus(quiet).isAfter(now);
  }

  /** Returns whether the client has sent all requests that the state leads to. */
  boolean isComplete(List<Asked> asked, GroupSnapshot state) {
    var names = new HashMap<ResourceType, Set<Set<String>>>();
    for (var one : asked) {
      names
          .computeIfAbsent(one.standing().type(), type -> new HashSet<>())
          .add(sets.getUnchecked(one.standing().names()));
    }
    return ROOTS.stream()
            .allMatch(type -> state.ofType(type).size() == 0 || names.containsKey(type))
        && asked.stream().allMatch(one -> isFollowed(one, state, names));
  }

  private boolean isFollowed(
      Asked asked, GroupSnapshot state, Map<ResourceType, Set<Set<String>>> names) {
    boolean isAggregated = asked.transport().startsWith("ads");
    return references(asked, state).stream()
        .filter(reference -> reference.aggregated() || !isAggregated)
        .allMatch(reference ->
            names.getOrDefault(reference.type(), Set.of()).stream()
                .anyMatch(known -> known.contains(reference.name()) || known.contains(ALL)));
  }

  private Set<ConfigReference> references(Asked asked, GroupSnapshot state) {
    var view = state.ofType(asked.standing().type());
    var names = asked.standing().names();
    return names.contains(ALL)
        ? ofAll.getUnchecked(view)
        : of(names.stream().map(view::find).filter(Objects::nonNull));
  }

  private Set<ConfigReference> of(Stream<Versioned> resources) {
    return resources.flatMap(one -> references.of(one).stream()).collect(Collectors.toSet());
  }

  /** Returns what the resources of the state reference. */
  Set<ResourceId> referenced(GroupSnapshot state) {
    return state.types().values().stream()
        .flatMap(view -> ofAll.getUnchecked(view).stream())
        .map(reference -> new ResourceId(reference.type(), reference.name()))
        .collect(Collectors.toSet());
  }
}
