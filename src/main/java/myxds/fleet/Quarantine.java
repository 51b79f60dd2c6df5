package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.Set;
import java.util.function.Function;
import myxds.fleet.RefusedState.Refuser;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.LastGood;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a state away from who refused it, and from new nodes of a build that is known to refuse it:
 * they are served what they, or others of their build, took last as a whole. Safe for many threads.
 */
final class Quarantine implements AutoCloseable {
  private final Function<String, OnNack> onNack;
  private final LastGood store;
  private final Refusals refusals = new Refusals();
  private final LastTaken lastTaken = new LastTaken();
  private final Memory memory;

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
      var refused = refusals.at(kept.group(), kept.state());
      refused.add(kept.node(), kept.build(), kept.good(), Nack.of(kept));
      if (!kept.good().isEmpty()) {
        store
            .state(kept.group(), kept.good())
            .ifPresent(state -> lastTaken.knows(kept.group(), kept.build(), state));
      }
    }
  }

  /** What the node refuses of the state; null when nothing, or when it was another program. */
  @Nullable Refuser refuser(String group, Node node, GroupSnapshot state) {
    var refused = refusals.of(group, state.version());
    var refuser = refused == null ? null : refused.by(node.getId());
    return refuser != null && refuser.build().equals(Build.of(node)) ? refuser : null;
  }

  /** The state that the node is served. */
  GroupSnapshot choice(String group, Node node, NodeEntry entry, GroupSnapshot newest) {
    if (refusals.of(group, newest.version()) == null || onNack.apply(group) == OnNack.IGNORE) {
      return newest;
    }
    var good = good(group, node, entry, newest);
    return good == null || good.version().equals(newest.version()) ? newest : good;
  }

  private @Nullable GroupSnapshot good(
      String group, Node node, NodeEntry entry, GroupSnapshot newest) {
    var refuser = refuser(group, node, newest);
    if (refuser != null) {
      var own = entry.whole();
      return own != null ? own : lastTaken.find(group, node, refuser.good());
    }
    return entry.isUnwanted(newest.version()) ? lastTaken.by(group, node) : null;
  }

  /** Whether a new node is not to be offered the state, because others of its build refused it. */
  boolean isUnwanted(String group, Node node, GroupSnapshot newest) {
    var refused = refusals.of(group, newest.version());
    return refused != null && refused.byBuild(Build.of(node));
  }

  void refused(String group, NodeEntry entry, Nack nack) {
    var node = entry.node();
    var build = Build.of(node);
    entry.refused(nack.of());
    lastTaken.refused(group, node, nack.of());
    var good = entry.whole();
    var refused = refusals.at(group, nack.of());
    refused.add(node.getId(), build, good == null ? "" : good.version(), nack);
    if (lastTaken.isBy(group, build, nack.of())) {
      refused.taken(build);
    }
    memory.changed();
  }

  /** The node took a type of the newest state. */
  void took(String group, Node node, GroupSnapshot newest, ResourceType type) {
    var refused = refusals.of(group, newest.version());
    if (refused != null && refused.by(node.getId()) != null) {
      refused.took(node.getId(), type);
      memory.changed();
    }
  }

  /** The node runs a state as a whole. */
  void took(String group, Node node, GroupSnapshot state) {
    lastTaken.took(group, node, state);
    var refused = refusals.of(group, state.version());
    if (refused != null) {
      refused.taken(Build.of(node));
    }
  }

  /**
   * The state may be offered again.
   *
   * @param node to it only; null to all
   * @return to whom
   */
  Set<String> retry(String group, GroupSnapshot state, @Nullable String node) {
    var refused = refusals.of(group, state.version());
    if (refused == null) {
      return Set.of();
    }
    memory.changed();
    return refused.forget(node);
  }

  @Override
  public void close() {
    memory.close();
  }
}
