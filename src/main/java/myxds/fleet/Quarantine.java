package myxds.fleet;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import myxds.fleet.RefusedContent.Refuser;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.LastGood;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was refused away from who refused it, and from new nodes of a build that is known to
 * refuse it. They are served the state that they, or others of their build, took last as a whole.
 * When the group then changes elsewhere, they are told of that, and of what they refused they keep
 * what they have. Safe for many threads.
 */
final class Quarantine implements AutoCloseable {
  private static final int MIXED = 32;

  private final Function<String, OnNack> onNack;
  private final LastGood store;
  private final Refusals refusals = new Refusals();
  private final LastTaken lastTaken = new LastTaken();
  private final Memory memory;
  private final Cache<Mixed, GroupSnapshot> mixed =
      CacheBuilder.newBuilder().maximumSize(MIXED).build();

  /**
   * What a node is served.
   *
   * @param isPublished whether it is a state that was published once, not a mixture
   */
  record Choice(GroupSnapshot state, boolean isPublished) {}

  private record Mixed(String newest, String good, Set<ResourceType> types) {}

  /**
   * @param onNack what a group does about a refusal
   * @param store where refusals are kept for the next start
   */
  Quarantine(Function<String, OnNack> onNack, LastGood store) {
    this.onNack = onNack;
    this.store = store;
    this.memory = new Memory(store, refusals::kept);
  }

  /** Remembers what nodes refused before the last stop. */
  void remember() {
    for (var kept : store.refusals()) {
      var nack = Nack.of(kept);
      var refuser = new Refuser(kept.build(), kept.good(), nack);
      var content = refusals.of(kept.group(), nack);
      content.add(kept.node(), refuser);
      if (kept.disputed()) {
        content.taken(kept.build());
      }
      if (!kept.good().isEmpty()) {
        store
            .state(kept.group(), kept.good())
            .ifPresent(state -> lastTaken.knows(kept.group(), kept.build(), state));
      }
    }
  }

  /** The group has a new state. */
  void published(String group, GroupSnapshot state) {
    if (refusals.retain(group, state)) {
      memory.changed();
    }
  }

  /** What the node refuses of the state; not what it refused when it was another program. */
  List<Refuser> refused(String group, Node node, GroupSnapshot state) {
    var contents = refusals.in(group, state);
    if (contents.isEmpty()) {
      return List.of();
    }
    var build = Build.of(node);
    return contents.stream()
        .map(content -> content.by(node.getId()))
        .filter(refuser -> refuser != null && refuser.build().equals(build))
        .toList();
  }

  /** The state that the node is served. */
  Choice choice(String group, Node node, NodeEntry entry, GroupSnapshot newest) {
    var all = new Choice(newest, true);
    var contents = refusals.in(group, newest);
    if (contents.isEmpty() || onNack.apply(group) instanceof OnNack.Ignore) {
      return all;
    }
    var refused = mine(contents, node, entry, newest);
    var good = refused.isEmpty() ? null : good(group, node, entry, refused);
    if (good == null || good.version().equals(newest.version())) {
      return all;
    }
    return refused.stream().anyMatch(content -> content.isOf(newest))
        ? new Choice(good, true)
        : new Choice(mixed(newest, good, refused), false);
  }

  /** What of the contents the node is not to be offered. */
  private static List<RefusedContent> mine(
      List<RefusedContent> contents, Node node, NodeEntry entry, GroupSnapshot newest) {
    var build = Build.of(node);
    boolean isNew = entry.isUnwanted(newest.version());
    return contents.stream()
        .filter(content -> {
          var refuser = content.by(node.getId());
          return refuser != null ? refuser.build().equals(build) : isNew && content.byBuild(build);
        })
        .toList();
  }

  private @Nullable GroupSnapshot good(
      String group, Node node, NodeEntry entry, List<RefusedContent> refused) {
    var own = entry.whole();
    if (own != null) {
      return own;
    }
    var before = refused.getFirst().by(node.getId());
    return before == null ? lastTaken.by(group, node) : lastTaken.find(group, node, before.good());
  }

  private GroupSnapshot mixed(
      GroupSnapshot newest, GroupSnapshot good, List<RefusedContent> refused) {
    var types = refused.stream().map(content -> content.key().type()).collect(Collectors.toSet());
    try {
      var key = new Mixed(newest.version(), good.version(), types);
      return mixed.get(key, () -> newest.keeping(types, good));
    } catch (ExecutionException e) {
      throw new UncheckedExecutionException(e.getCause());
    }
  }

  /** Whether a new node is not to be offered all of it, because others of its build refused it. */
  boolean isUnwanted(String group, Node node, GroupSnapshot newest) {
    var contents = refusals.in(group, newest);
    return !contents.isEmpty()
        && contents.stream().anyMatch(content -> content.byBuild(Build.of(node)));
  }

  void refused(String group, NodeEntry entry, Nack nack) {
    var node = entry.node();
    var build = Build.of(node);
    entry.refused(nack.of());
    lastTaken.refused(group, node, nack.of());
    var good = entry.whole();
    var content = refusals.of(group, nack);
    content.add(node.getId(), new Refuser(build, good == null ? "" : good.version(), nack));
    if (lastTaken.isBy(group, build, nack.of())) {
      content.taken(build);
    }
    memory.changed();
  }

  /** The node took a type of the newest state. */
  void took(String group, Node node, GroupSnapshot newest, ResourceType type) {
    for (var content : refusals.in(group, newest)) {
      if (content.key().type().equals(type) && content.took(node.getId())) {
        memory.changed();
      }
    }
  }

  /** The node runs a published state as a whole. */
  void took(String group, Node node, GroupSnapshot state) {
    lastTaken.took(group, node, state);
    for (var content : refusals.in(group, state)) {
      if (content.taken(Build.of(node))) {
        memory.changed();
      }
    }
  }

  /** The share of the group's nodes at which it goes back; empty when it never does. */
  OptionalDouble share(String group) {
    return onNack.apply(group) instanceof OnNack.Rollback(double share)
        ? OptionalDouble.of(share)
        : OptionalDouble.empty();
  }

  /**
   * The state may be offered again.
   *
   * @param node to it only; null to all
   * @return to whom
   */
  Set<String> retry(String group, GroupSnapshot state, @Nullable String node) {
    var retried = new HashSet<String>();
    refusals.in(group, state).forEach(content -> retried.addAll(content.forget(node)));
    if (!retried.isEmpty()) {
      memory.changed();
    }
    return retried;
  }

  @Override
  public void close() {
    memory.close();
  }
}
