package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;
import myxds.discovery.Assignment;
import myxds.discovery.DiscoveryObserver;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Refusal;
import myxds.discovery.engine.Standing;
import myxds.fleet.FleetObserver.Convergence;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.LastGood;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishObserver;
import org.jspecify.annotations.Nullable;

/**
 * The ledger: what every node was sent, took and refused, and what follows from it: which state of
 * its group a node is served. Streams tell it on their own threads, the publisher on its own, and
 * anyone may ask it.
 */
public final class Fleet implements DiscoveryObserver, PublishObserver, Assignment, AutoCloseable {
  /** How the command that watches calls itself. */
  private static final String ONLOOKER = "my-xds watch";

  private final Options options;
  private final FleetObserver observer;
  private final Map<String, Newest> groups = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, NodeEntry> nodes = new ConcurrentSkipListMap<>();
  private final Gone gone;
  private final Quarantine quarantine;

  /**
   * What the fleet goes by.
   *
   * @param groups the group that a node belongs to; asked anew each time, because it may change
   * @param onNack what a group does about a refusal
   * @param keepsGone how long a node that is gone stays listed
   * @param lastGood where refusals are kept for the next start
   * @param now the time
   */
  public record Options(
      Function<Node, String> groups,
      Function<String, OnNack> onNack,
      Duration keepsGone,
      LastGood lastGood,
      InstantSource now) {}

  /** The newest state of a group, and when it came. */
  record Newest(GroupSnapshot snapshot, Instant at) {}

  public Fleet(Options options, FleetObserver observer) {
    this.options = options;
    this.observer = observer;
    this.gone = new Gone(nodes, options.keepsGone);
    this.quarantine = new Quarantine(options.onNack, options.lastGood);
  }

  /** Remembers what nodes refused before the last stop; called once, before anything else. */
  public void remember() {
    quarantine.remember();
  }

  @Override
  public void judged(String group, Outcome outcome) {
    if (outcome instanceof Outcome.Published published) {
      quarantine.published(group, published.snapshot());
      groups.put(group, new Newest(published.snapshot(), now()));
    }
  }

  @Override
  public void restored(String group, GroupSnapshot snapshot) {
    groups.put(group, new Newest(snapshot, now()));
  }

  @Override
  public void requested(XdsStream stream, Asked asked) {
    var id = stream.node().getId();
    if (id.isEmpty() || isOnlooker(stream)) {
      return;
    }
    var entry = nodes.computeIfAbsent(id, any -> new NodeEntry(stream, now()));
    if (!stream.transport().isStream()) {
      gone.watch(id, now());
      polls(entry, stream, asked);
    } else if (entry.spoke(stream, now(), () -> unwanted(stream.node()))) {
      observer.connected(id, group(stream.node()));
    }
  }

  /**
   * Somebody who looks what a node would be told, under the node's name: {@code my-xds watch}, and
   * a person with {@code curl}. A proxy says which program it is.
   */
  private static boolean isOnlooker(XdsStream stream) {
    var program = stream.node().getUserAgentName();
    return program.equals(ONLOOKER) || (program.isEmpty() && !stream.transport().isStream());
  }

  private void polls(NodeEntry entry, XdsStream stream, Asked asked) {
    var question = new Polled.Question(asked.names(), asked.version());
    var refused = entry.polls(stream, now(), asked.type(), question);
    var group = group(stream.node());
    var newest = groups.get(group);
    if (refused != null && newest != null) {
      var content = new RefusedContent.Key(asked.type(), refused);
      var nack = Nack.inferred(content, newest.snapshot.version(), asked.version(), now());
      refused(entry, group, nack);
    }
    arrived(entry, stream.node());
  }

  @Override
  public void responded(XdsStream stream, Answered answered) {
    var entry = entry(stream);
    if (entry != null && !stream.transport().isStream()) {
      entry.answered(answered.type(), answered.version());
      arrived(entry, stream.node());
    }
  }

  @Override
  public void moved(XdsStream stream, Standing standing) {
    var entry = entry(stream);
    if (entry != null) {
      entry.moved(stream, standing);
      arrived(entry, stream.node());
    }
  }

  @Override
  public void acked(XdsStream stream, ResourceType type, String version) {
    var group = group(stream.node());
    var newest = groups.get(group);
    boolean isNewest = newest != null && newest.snapshot.version(type).equals(version);
    if (newest != null && isNewest && entry(stream) != null) {
      quarantine.took(group, stream.node(), newest.snapshot, type);
    }
  }

  @Override
  public void nacked(XdsStream stream, ResourceType type, Refusal refusal) {
    var nack = Nack.said(type, refusal, now());
    var entry = entry(stream);
    if (entry != null) {
      refused(entry, group(stream.node()), nack);
    }
  }

  private void refused(NodeEntry entry, String group, Nack nack) {
    var node = entry.node();
    boolean wasBack = isServedAnother(group, node);
    quarantine.refused(group, entry, nack);
    observer.refused(node.getId(), group, nack);
    if (!wasBack && isServedAnother(group, node)) {
      observer.rolledBack(node.getId(), group, nack);
    }
  }

  private boolean isServedAnother(String group, Node node) {
    var newest = groups.get(group);
    return newest != null && choice(group, node, newest.snapshot) != newest.snapshot;
  }

  @Override
  public void streamClosed(XdsStream stream, String status, Duration lived) {
    var entry = entry(stream);
    if (entry != null && entry.closed(stream, now())) {
      var id = stream.node().getId();
      gone.watch(id, now());
      observer.disconnected(id, group(stream.node()));
    }
  }

  /** Looks whether the node runs all that it is served. */
  private void arrived(NodeEntry entry, Node node) {
    var group = group(node);
    var newest = groups.get(group);
    if (newest == null) {
      return;
    }
    var choice = quarantine.choice(group, node, entry, newest.snapshot);
    var served = choice.state();
    if (choice.isPublished() && entry.isAt(served) && entry.converged(served)) {
      quarantine.took(group, node, served);
      if (served == newest.snapshot) {
        var took = Duration.between(newest.at, now());
        boolean live = entry.latest().since().isBefore(newest.at);
        observer.converged(node.getId(), group, new Convergence(served.version(), took, live));
      }
    }
  }

  /**
   * From now on the newest states are offered again to who refused them.
   *
   * @param group null for every one
   * @param node its id; null for every one
   * @return those nodes' ids, sorted
   */
  public List<String> retry(@Nullable String group, @Nullable String node) {
    var retried = new TreeSet<String>();
    groups.forEach((name, newest) -> {
      if (group == null || group.equals(name)) {
        retried.addAll(quarantine.retry(name, newest.snapshot, node));
      }
    });
    nodes.forEach((id, entry) -> {
      if (node == null ? group == null || group.equals(group(entry.node())) : node.equals(id)) {
        entry.wantsAll();
      }
    });
    return List.copyOf(retried);
  }

  /** The share of the group's nodes at which it goes back; empty when it never does. */
  OptionalDouble share(String group) {
    return quarantine.share(group);
  }

  /** Returns the version of each group's newest state. */
  public Map<String, String> versions() {
    var versions = new HashMap<String, String>();
    groups.forEach((group, newest) -> versions.put(group, newest.snapshot.version()));
    return versions;
  }

  /** What people may ask of it. */
  public Census census() {
    return new Census(nodes, this::position, gone, options.now);
  }

  private Position position(NodeEntry entry) {
    var node = entry.node();
    var group = group(node);
    var newest = groups.get(group);
    if (newest == null) {
      return new Position(group, null, null, Map.of());
    }
    var served = choice(group, node, newest.snapshot);
    var refused = new HashMap<ResourceType, Nack>();
    quarantine
        .refused(group, node, newest.snapshot)
        .forEach(one -> refused.put(one.nack().type(), one.nack()));
    return new Position(group, newest.snapshot, served, refused);
  }

  @Override
  public String group(Node node) {
    return options.groups.apply(node);
  }

  @Override
  public GroupSnapshot choice(String group, Node node, GroupSnapshot newest) {
    var entry = nodes.get(node.getId());
    return entry == null ? newest : quarantine.choice(group, node, entry, newest).state();
  }

  @Override
  public List<Assignment.Refused> refused(Node node) {
    return census()
        .node(node.getId())
        .map(standing ->
            standing.types().values().stream()
                .flatMap(type -> Stream.ofNullable(type.nack()))
                .map(nack ->
                    new Assignment.Refused(
                        nack.type(), nack.resource(), nack.version(), nack.reason()))
                .toList())
        .orElse(List.of());
  }

  /** The newest state, if the node is not to be offered it should it be new. */
  private String unwanted(Node node) {
    var group = group(node);
    var newest = groups.get(group);
    return newest != null && quarantine.isUnwanted(group, node, newest.snapshot)
        ? newest.snapshot.version()
        : "";
  }

  @Override
  public void close() {
    quarantine.close();
  }

  private @Nullable NodeEntry entry(XdsStream stream) {
    return isOnlooker(stream) ? null : nodes.get(stream.node().getId());
  }

  private Instant now() {
    return options.now.instant();
  }
}
