package myxds.discovery.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.discovery.engine.TypeState.Verdict;
import myxds.resource.ResourceType;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;

/**
 * Make before break, for one stream: what names a new cluster waits until the client has accepted
 * the cluster, and a cluster that goes stays until the client has accepted what no longer names it.
 * It waits for what this very change depends on and what this very client has asked for, and not
 * longer than its patience; only a refusal is waited out for as long as it lasts.
 */
final class Gate {
  /** A client asks for all its types one after the other, as fast as it can. */
  private static final Duration ACQUAINTANCE = Duration.ofSeconds(1);

  private final Map<ResourceType, TypeState> types;
  private final Outlet outlet;
  private final Duration patience;
  private final Runnable expired;
  private final Holds holds;
  private final UnservedClusters unserved;
  private boolean acquainted = true;

  /**
   * @param types the stream's, as they come
   * @param expired called when a wait took too long
   */
  Gate(Map<ResourceType, TypeState> types, Outlet outlet, Duration patience, Runnable expired) {
    this.types = types;
    this.outlet = outlet;
    this.patience = patience;
    this.expired = expired;
    this.holds = new Holds(outlet, expired);
    this.unserved = new UnservedClusters(types);
  }

  /**
   * A client comes with what it holds from an earlier stream. It tells so type by type, and until
   * it has told of those that may name clusters, none of its clusters is taken away.
   */
  void meets(TypeState state) {
    if (state.type.equals(ResourceType.CLUSTER) && state.held != null) {
      acquainted = false;
      outlet.schedule(
          ACQUAINTANCE,
          () -> {
            acquainted = true;
            expired.run();
          });
    }
  }

  /** Takes note of an ACK. */
  void acked(TypeState state, Served served) {
    unserved.acked(state, served);
  }

  /** The state to bring the client to next; empty: it has to wait where it is. */
  Optional<TypeView> target(TypeState state, Served served) {
    var current = served.view(state.type);
    if (state.type.equals(ResourceType.CLUSTER)) {
      return Optional.of(withClustersInUse(state, served, current));
    }
    if (state.type.equals(ResourceType.ENDPOINT) || state.type.equals(ResourceType.SECRET)) {
      return Optional.of(besideClusters(state, served, current));
    }
    if (!Order.mayNameClusters(state.type)) {
      return Optional.of(current);
    }
    var awaited = awaited(state, served, current);
    if (awaited.isEmpty() || isAwaitedByClusters(state, served)) {
      holds.release(state);
      return Optional.of(current);
    }
    var wait = new Holds.Wait(patience, isRefused(ResourceType.CLUSTER));
    if (holds.waits(state, "clusters " + awaited, wait)) {
      return Optional.empty();
    }
    unserved.giveUp();
    return Optional.of(current);
  }

  /**
   * Envoy ACKs clusters only when they are warm, for which they may need extension configurations:
   * those must not wait for the ACK.
   */
  private boolean isAwaitedByClusters(TypeState state, Served served) {
    var clusters = types.get(ResourceType.CLUSTER);
    if (clusters == null || !clusters.inFlight || !Order.follows(state.type)) {
      return false;
    }
    var acked = clusters.acked == null ? TypeView.EMPTY : clusters.acked;
    var sent = served.change(acked, clusters.basis());
    return Stream.of(sent.added(), sent.updated())
        .flatMap(List::stream)
        .flatMap(cluster -> served.references().of(cluster).stream())
        .anyMatch(needed -> needed.aggregated() && needed.type().equals(state.type));
  }

  /** The new clusters, and those that go but that the client may still send traffic to. */
  private TypeView withClustersInUse(TypeState clusters, Served served, TypeView current) {
    var gone = gone(clusters, served, current);
    if (!acquainted && !gone.isEmpty()) {
      return served.union(current, gone);
    }
    var used = gone.isEmpty() ? Set.<String>of() : used(names(gone), served);
    if (used.isEmpty()) {
      holds.release(clusters);
      return current;
    }
    return waitsForUsers(clusters, new TreeSet<>(used))
        ? served.union(
            current, gone.stream().filter(cluster -> used.contains(cluster.name())).toList())
        : current;
  }

  private boolean waitsForUsers(TypeState clusters, Set<String> used) {
    var users = users().stream().map(user -> user.type).toList();
    if (users.isEmpty()) {
      return holds.waits(clusters, "other streams to leave clusters " + used, Holds.Wait.ASIDE);
    }
    // Whoever refused the new clusters still needs the old ones.
    boolean refused = isRefused(clusters.type) || users.stream().anyMatch(this::isRefused);
    return holds.waits(
        clusters, users + " to leave clusters " + used, new Holds.Wait(patience, refused));
  }

  /** As long as a cluster stays, so do its endpoints and secrets. */
  private TypeView besideClusters(TypeState state, Served served, TypeView current) {
    var clusters = types.get(ResourceType.CLUSTER);
    if (clusters == null || !isKeeping(clusters)) {
      return current;
    }
    var gone = gone(state, served, current);
    return gone.isEmpty() ? current : served.union(current, gone);
  }

  private boolean isKeeping(TypeState clusters) {
    return !acquainted || (clusters.hold != null && !clusters.hold.expired);
  }

  /** What the client was told of and no longer is there. */
  private static List<Versioned> gone(TypeState state, Served served, TypeView current) {
    return wanted(state, served.change(state.basis(), current).removed());
  }

  private static List<Versioned> wanted(TypeState state, List<Versioned> resources) {
    return resources.stream().filter(state.subscription::wants).toList();
  }

  /** Those of the clusters that the client may still use, and will not when it has the rest. */
  private Set<String> used(Set<String> clusters, Served served) {
    if (users().isEmpty()) {
      return served.noLongerMentioned(clusters);
    }
    var used = new HashSet<String>();
    for (var user : users()) {
      if (user.unknown) {
        used.addAll(clusters);
      }
      for (var view : user.mayRun()) {
        used.addAll(mentioned(user, view, clusters, served));
      }
    }
    for (var user : users()) {
      used.removeAll(mentioned(user, served.view(user.type), clusters, served));
    }
    return used;
  }

  /** The new clusters that what is to be sent names and that the client has not accepted yet. */
  private Collection<String> awaited(TypeState user, Served served, TypeView current) {
    var clusters = types.get(ResourceType.CLUSTER);
    if (clusters == null || !clusters.asked || user.isAt(current)) {
      return Set.of();
    }
    var pending = pending(clusters, user.hasPast(), served);
    if (pending.isEmpty()) {
      return Set.of();
    }
    var news = served.change(user.basis(), current);
    var changed = new HashSet<>(user.forced);
    news.added().forEach(one -> changed.add(one.name()));
    news.updated().forEach(one -> changed.add(one.name()));
    var awaited = new TreeSet<String>();
    served
        .mentions(current, pending)
        .forEach((name, mentioned) -> {
          var resource = current.get(name);
          boolean told = user.all || changed.contains(name);
          if (told && resource != null && user.subscription.wants(resource)) {
            awaited.addAll(mentioned);
          }
        });
    return awaited;
  }

  /**
   * The clusters that the client has asked for and not accepted yet, nor their endpoints, as far as
   * it has asked for them. One that has nothing to lose yet needs only to hear of them first.
   */
  private Set<String> pending(TypeState clusters, boolean hasPast, Served served) {
    var current = served.view(ResourceType.CLUSTER);
    if (!hasPast) {
      return names(wanted(clusters, served.change(clusters.basis(), current).added()));
    }
    var acked = clusters.acked == null ? TypeView.EMPTY : clusters.acked;
    var pending = new HashSet<>(names(wanted(clusters, served.change(acked, current).added())));
    // A cluster may be on its way out and come back.
    pending.addAll(names(wanted(clusters, served.change(clusters.basis(), current).added())));
    pending.addAll(clusters.forced);
    pending.addAll(clusters.unaccepted);
    pending.addAll(unserved.names(served));
    return Set.copyOf(pending);
  }

  /** The types of this stream that may name clusters. */
  private List<TypeState> users() {
    return types.values().stream()
        .filter(state -> state.asked && Order.mayNameClusters(state.type))
        .toList();
  }

  private static Set<String> mentioned(
      TypeState user, TypeView view, Set<String> clusters, Served served) {
    var mentioned = new HashSet<String>();
    served
        .mentions(view, clusters)
        .forEach((name, found) -> {
          var resource = view.get(name);
          if (resource != null && user.subscription.wants(resource)) {
            mentioned.addAll(found);
          }
        });
    return mentioned;
  }

  private boolean isRefused(ResourceType type) {
    var state = types.get(type);
    return state != null && state.verdict == Verdict.NACKED;
  }

  /** It waits no longer. */
  void release(TypeState state) {
    holds.release(state);
  }

  private static Set<String> names(List<Versioned> resources) {
    return resources.stream().map(Versioned::name).collect(Collectors.toUnmodifiableSet());
  }
}
