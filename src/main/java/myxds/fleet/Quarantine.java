package myxds.fleet;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.fleet.RefusedContent.Refuser;
import myxds.fleet.RefusedContent.Who;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.LastGood;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a client is served after a NACK (decision 0012).
 *
 * <ul>
 *   <li>A client that NACKed a content is served the state that it ACKed last as a whole. When the
 *       group then changes elsewhere, it gets that, and keeps what it has of the type that it
 *       NACKed.
 *   <li>A client that ACKed a content keeps it, whatever other clients of its id NACK.
 *   <li>A new client is not offered a content that an earlier one of its id and build NACKed, until
 *       a client of its id runs it.
 * </ul>
 *
 * <p>Safe for many threads.
 */
final class Quarantine implements AutoCloseable {
  private static final int MIXED = 32;

  private final Function<String, OnNack> onNack;
  private final LastGood store;
  private final Refusals refusals = new Refusals();
  private final TakenStates taken = new TakenStates();
  private final Memory memory;
  private final Cache<Mixed, GroupSnapshot> mixed =
      CacheBuilder.newBuilder().maximumSize(MIXED).build();

  /**
   * What a client is served.
   *
   * @param isPublished whether it is a state that was published once, not a mixture
   */
  record Choice(GroupSnapshot state, boolean isPublished) {}

  private record Mixed(String newest, String good, Set<ResourceType> types) {}

  /**
   * @param onNack what a group does about a NACK
   * @param store where NACKs are kept for the next start
   */
  Quarantine(Function<String, OnNack> onNack, LastGood store) {
    this.onNack = onNack;
    this.store = store;
    this.memory = new Memory(store, refusals::kept);
  }

  /** Restores the NACKs from before the last stop. */
  void remember() {
    for (var kept : store.refusals()) {
      if (kept.what().inferred()) {
        continue;
      }
      var nack = Nack.of(kept);
      refusals
          .of(kept.group(), nack)
          .add(new Who(kept.node(), kept.build()), new Refuser(kept.good(), nack));
      if (!kept.good().isEmpty()) {
        store
            .state(kept.group(), kept.good())
            .ifPresent(state -> taken.restored(kept.group(), state));
      }
    }
  }

  /** Forgets the NACKs of contents that are not in the group's new state. */
  void published(String group, GroupSnapshot state) {
    if (refusals.retain(group, state)) {
      memory.changed();
    }
  }

  /** Withholds from a new client what earlier ones like it NACKed and no live one runs. */
  void arrived(
      Clients.Arrival arrival, List<RefusedContent> contents, Collection<NodeEntry> sharing) {
    var client = arrival.client();
    var before = arrival.before();
    for (var content : contents) {
      var refuser = content.by(who(client.node()));
      boolean isRun =
          (before != null && before.runs(content))
              || sharing.stream()
                  .anyMatch(one -> one != client && one.hasStreams() && one.runs(content));
      if (refuser != null && !isRun) {
        client.withhold(content, refuser);
      }
    }
  }

  /** Offers the newest state to a client that says that it runs it already. */
  void resumed(String group, NodeEntry client, Asked asked, GroupSnapshot newest) {
    var good = choice(group, client, newest).state();
    if (asked.holds(newest.ofType(asked.type())) && !asked.holds(good.ofType(asked.type()))) {
      refusals.in(group, newest).forEach(client::release);
    }
  }

  /** Returns what clients NACKed of the state; mostly nothing. */
  List<RefusedContent> contents(String group, GroupSnapshot state) {
    return refusals.in(group, state);
  }

  /** Returns the NACKs because of which the client is not offered all of the state. */
  List<Mark> marks(String group, NodeEntry client, GroupSnapshot state) {
    return refusals.in(group, state).stream().map(client::mark).filter(Objects::nonNull).toList();
  }

  /** Returns the state that the client is served. */
  Choice choice(String group, NodeEntry client, GroupSnapshot newest) {
    var contents = refusals.in(group, newest);
    var reasons = new LinkedHashMap<RefusedContent, Refuser>();
    for (var content : contents) {
      var mark = client.mark(content);
      if (mark != null) {
        reasons.put(content, mark.refuser());
      }
    }
    return choice(group, reasons, client.good(), newest);
  }

  /** Returns the state that a new client would be served while no other of its id is there. */
  Choice choice(String group, Node node, GroupSnapshot newest) {
    var reasons = new LinkedHashMap<RefusedContent, Refuser>();
    for (var content : refusals.in(group, newest)) {
      var refuser = content.by(who(node));
      if (refuser != null) {
        reasons.put(content, refuser);
      }
    }
    return choice(group, reasons, null, newest);
  }

  /**
   * @param own what the client ACKed last; null when nothing
   */
  private Choice choice(
      String group,
      Map<RefusedContent, Refuser> reasons,
      @Nullable GroupSnapshot own,
      GroupSnapshot newest) {
    if (reasons.isEmpty() || onNack.apply(group) instanceof OnNack.Ignore) {
      return new Choice(newest, true);
    }
    var good = good(group, reasons, own);
    if (good == null) {
      return new Choice(newest, true);
    }
    return reasons.keySet().stream().anyMatch(content -> content.isOf(newest))
        ? new Choice(good, true)
        : new Choice(mixed(newest, good, reasons.keySet()), false);
  }

  /**
   * Returns what the client ACKed last; else what the one did that NACKed; else what others did.
   */
  private @Nullable GroupSnapshot good(
      String group, Map<RefusedContent, Refuser> reasons, @Nullable GroupSnapshot own) {
    Predicate<GroupSnapshot> lacksAll =
        state -> reasons.keySet().stream().noneMatch(content -> content.isIn(state));
    if (own != null && lacksAll.test(own)) {
      return own;
    }
    var refuser = reasons.values().iterator().next();
    var stored = taken.find(group, refuser.good());
    return stored != null && lacksAll.test(stored) ? stored : taken.last(group, lacksAll);
  }

  private GroupSnapshot mixed(
      GroupSnapshot newest, GroupSnapshot good, Set<RefusedContent> refused) {
    var types = refused.stream().map(content -> content.key().type()).collect(Collectors.toSet());
    try {
      var key = new Mixed(newest.version(), good.version(), types);
      return mixed.get(key, () -> newest.keeping(types, good));
    } catch (ExecutionException e) {
      throw new UncheckedExecutionException(e.getCause());
    }
  }

  /** Notes a NACK of the client. */
  void refused(String group, NodeEntry client, Nack nack, GroupSnapshot newest) {
    client.ranNot(nack.of());
    var good = client.good();
    var refuser = new Refuser(good == null ? "" : good.version(), nack);
    client.retain(refusals.in(group, newest));
    var content = refusals.of(group, nack);
    content.add(who(client.node()), refuser);
    client.refused(content, refuser, client.counts(newest));
    memory.changed();
  }

  /**
   * Notes that a client runs a content of the newest state.
   *
   * @param sharing the clients of its id
   * @return whether others of them are offered it from now on
   */
  boolean runs(NodeEntry client, RefusedContent content, Collection<NodeEntry> sharing) {
    var mark = client.unmark(content);
    if (mark != null && content.forget(who(client.node()), mark.refuser())) {
      memory.changed();
    }
    return sharing.stream().filter(one -> one != client && one.release(content)).count() > 0;
  }

  /** Notes that a client runs a published state as a whole. */
  void took(String group, GroupSnapshot state) {
    taken.took(group, state);
  }

  /** Returns the share of NACKs at which the group goes back; empty when it never does. */
  OptionalDouble share(String group) {
    return onNack.apply(group) instanceof OnNack.Rollback(double share)
        ? OptionalDouble.of(share)
        : OptionalDouble.empty();
  }

  /**
   * Offers the state again.
   *
   * @param id of the clients that are offered it; null for all
   * @return the ids of those that were not offered it before
   */
  Set<String> retry(
      String group, GroupSnapshot state, @Nullable String id, Collection<NodeEntry> clients) {
    var retried = new HashSet<String>();
    for (var content : refusals.in(group, state)) {
      retried.addAll(content.forget(id));
      for (var client : clients) {
        if ((id == null || id.equals(client.key().id())) && client.unmark(content) != null) {
          retried.add(client.key().id());
        }
      }
    }
    if (!retried.isEmpty()) {
      memory.changed();
    }
    return retried;
  }

  private static Who who(Node node) {
    return new Who(node.getId(), Build.of(node));
  }

  @Override
  public void close() {
    memory.close();
  }
}
