package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;
import myxds.discovery.Assignment;
import myxds.discovery.DiscoveryObserver;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.References;
import myxds.discovery.engine.Refusal;
import myxds.discovery.engine.Standing;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.LastGood;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishObserver;
import org.jspecify.annotations.Nullable;

/**
 * The ledger: what every client was sent, ACKed and NACKed, and what follows from it: which state
 * of its group a client is served. Streams call it on their own threads, the publisher on its own,
 * and anyone may ask it.
 */
public final class Fleet implements DiscoveryObserver, PublishObserver, Assignment, AutoCloseable {
  private final Options options;
  private final FleetObserver observer;
  private final Clients clients;
  private final Quarantine quarantine;
  private final Positions positions;
  private final Arrivals arrivals;

  /**
   * The settings of the fleet.
   *
   * @param groups the group that a node belongs to; asked anew each time, because it may change
   * @param onNack what a group does about a NACK
   * @param keepsGone how long a client that is gone stays listed
   * @param lastGood where NACKs are kept for the next start
   * @param now the time
   * @param requests what clients are expected to request
   */
  public record Options(
      Function<Node, String> groups,
      Function<String, OnNack> onNack,
      Duration keepsGone,
      LastGood lastGood,
      InstantSource now,
      Requests requests) {}

  /**
   * The requests that clients are expected to send because of what they ACKed.
   *
   * @param references of resources to others
   * @param quiet how long after its last request a client is expected to send another one
   */
  public record Requests(References references, Duration quiet) {
    /** Envoys send the next request within milliseconds, or when clusters are warm. */
    public static final Duration QUIET = Duration.ofSeconds(5);
  }

  public Fleet(Options options, FleetObserver observer) {
    this.options = options;
    this.observer = observer;
    this.clients = new Clients(options.keepsGone);
    this.quarantine = new Quarantine(options.onNack, options.lastGood);
    var expected = new Expected(options.requests.references, options.requests.quiet);
    this.positions = new Positions(options.groups, quarantine, expected, options.now);
    this.arrivals = new Arrivals(positions, quarantine, observer, options.now);
  }

  /** Remembers what nodes refused before the last stop; called once, before anything else. */
  public void remember() {
    quarantine.remember();
  }

  @Override
  public void judged(String group, Outcome outcome) {
    if (outcome instanceof Outcome.Published published) {
      quarantine.published(group, published.snapshot());
      positions.published(group, published.snapshot());
    }
  }

  @Override
  public void restored(String group, GroupSnapshot snapshot) {
    positions.published(group, snapshot);
  }

  @Override
  public void requested(XdsStream stream, Asked asked) {
    if (!Clients.isClient(stream)) {
      return;
    }
    if (!stream.transport().isStream()) {
      polls(stream, asked);
      return;
    }
    var client = clients.of(stream);
    if (client == null) {
      arrives(stream);
    } else {
      client.spoke(stream, now());
    }
    resumes(stream, asked);
  }

  private void arrives(XdsStream stream) {
    var arrival = clients.connect(stream, now());
    if (arrival != null) {
      var id = stream.node().getId();
      var group = group(stream.node());
      var refused = positions.refused(group);
      if (!refused.isEmpty()) {
        quarantine.arrived(arrival, refused, clients.of(id));
      }
      observer.connected(id, group);
    }
  }

  private void resumes(XdsStream stream, Asked asked) {
    var client = clients.of(stream);
    var group = group(stream.node());
    var newest = positions.newest(group);
    if (client != null
        && newest != null
        && !quarantine.marks(group, client, newest.snapshot()).isEmpty()) {
      quarantine.resumed(group, client, asked, newest.snapshot());
    }
  }

  private void polls(XdsStream stream, Asked asked) {
    var question = new Polled.Question(asked.names(), asked.version());
    var group = group(stream.node());
    var client = clients.poll(stream, now(), group, Map.entry(asked.type(), question));
    var refused = client.refuses(asked.type());
    var newest = positions.newest(group);
    if (!refused.isEmpty() && newest != null) {
      var content = new RefusedContent.Key(asked.type(), refused);
      var nack = Nack.inferred(content, newest.snapshot().version(), asked.version(), now());
      if (client.seemsToRefuse(nack)) {
        observer.refused(client.key(), group, nack);
      }
    }
    arrivals.moved(client);
  }

  @Override
  public void responded(XdsStream stream, Answered answered) {
    var client = stream.transport().isStream() ? null : clients.of(stream);
    if (client != null) {
      client.answered(answered.type(), answered.version());
      arrivals.moved(client);
    }
  }

  @Override
  public void moved(XdsStream stream, Standing standing) {
    var client = clients.of(stream);
    if (client != null) {
      client.moved(stream, standing, now());
      runs(client, standing);
      arrivals.moved(client);
    }
  }

  /** Notes which of the contents that others NACKed the client runs. */
  private void runs(NodeEntry client, Standing standing) {
    var group = positions.group(client);
    for (var content : positions.refused(group)) {
      if (content.isRunBy(standing)
          && quarantine.runs(client, content, clients.of(client.key().id()))) {
        observer.reassigned(group);
      }
    }
  }

  @Override
  public void nacked(XdsStream stream, ResourceType type, Refusal refusal) {
    var client = clients.of(stream);
    if (client == null) {
      return;
    }
    var group = positions.group(client);
    var nack = Nack.said(type, refusal, now());
    var newest = positions.newest(group);
    boolean wasBack = positions.isBack(group, client);
    if (newest != null) {
      quarantine.refused(group, client, nack, newest.snapshot());
    }
    var id = client.key().id();
    observer.refused(client.key(), group, nack);
    if (!wasBack && positions.isBack(group, client)) {
      observer.rolledBack(id, group, nack);
      if (client.held().size() > 1) {
        // The stream that sent the NACK is served anew at once; the client's others are not.
        observer.reassigned(group);
      }
    }
  }

  @Override
  public void streamClosed(XdsStream stream, String status, Duration lived) {
    var group = group(stream.node());
    if (clients.close(stream, now(), group) != null) {
      observer.disconnected(stream.node().getId(), group);
    }
  }

  /**
   * From now on the newest states are offered again to the clients that NACKed them.
   *
   * @param group null for every one
   * @param id of the clients; null for every one
   * @return their ids, sorted
   */
  public List<String> retry(@Nullable String group, @Nullable String id) {
    var retried = new TreeSet<String>();
    positions
        .newest()
        .forEach((name, newest) -> {
          if (group == null || group.equals(name)) {
            retried.addAll(quarantine.retry(name, newest.snapshot(), id, clients.all()));
          }
        });
    return List.copyOf(retried);
  }

  /** Returns the share of NACKs at which the group goes back; empty when it never does. */
  OptionalDouble share(String group) {
    return quarantine.share(group);
  }

  /** Returns how many bytes are kept of clients without a stream, about. */
  long bytesOfGone() {
    return clients.bytesOfGone();
  }

  /** What people may ask of it. */
  public Census census() {
    return new Census(clients, positions, options.now);
  }

  @Override
  public String group(Node node) {
    return positions.group(node);
  }

  @Override
  public GroupSnapshot choice(String group, XdsStream stream, GroupSnapshot newest) {
    var client = clients.of(stream);
    return client == null ? newest : positions.choice(group, client, newest).state();
  }

  /**
   * Returns the state that a node of this id is served, or would be if it came now.
   *
   * @param newest state of the group
   */
  public GroupSnapshot serves(String group, Node node, GroupSnapshot newest) {
    return census()
        .connected(node.getId())
        .map(client -> positions.choice(group, client, newest))
        .orElseGet(() -> quarantine.choice(group, node, newest))
        .state();
  }

  @Override
  public List<Assignment.Refused> refused(XdsStream stream) {
    var client = clients.of(stream);
    return client == null ? List.of() : positions.of(client).refused(client);
  }

  @Override
  public String client(XdsStream stream) {
    var client = clients.of(stream);
    return client == null ? Assignment.super.client(stream) : client.key().cursor();
  }

  @Override
  public void close() {
    arrivals.close();
    quarantine.close();
  }

  private Instant now() {
    return options.now.instant();
  }
}
