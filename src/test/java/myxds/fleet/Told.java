package myxds.fleet;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.References;
import myxds.discovery.engine.Refusal;
import myxds.discovery.engine.Standing;
import myxds.resource.ConfigReference;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.KeptNode;
import myxds.snapshot.KeptRefusal;
import myxds.snapshot.LastGood;
import myxds.snapshot.Outcome;

/** A fleet that is told what streams say; a node's group is named like its cluster. */
final class Told {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  final List<String> events = new CopyOnWriteArrayList<>();
  volatile Instant now = NOON;
  OnNack onNack = new OnNack.Keep();
  private long streams;

  /** What every resource references. */
  Set<ConfigReference> references = Set.of();

  Told() {
    this(Duration.ZERO);
  }

  /**
   * @param quiet how long further requests are expected
   */
  Told(Duration quiet) {
    var requests = new Fleet.Requests(new References(any -> references), quiet);
    fleet =
        new Fleet(
            new Fleet.Options(
                Node::getCluster,
                group -> onNack,
                Duration.ofMinutes(10),
                lastGood,
                clock(),
                requests),
            observer);
  }

  /** What is kept over a restart. */
  List<KeptRefusal> kept = List.of();

  /** Who was connected. */
  volatile List<KeptNode> nodes = List.of();

  final Map<String, GroupSnapshot> states = new HashMap<>();
  final LastGood lastGood =
      new LastGood() {
        @Override
        public List<Saved> load() {
          return List.of();
        }

        @Override
        public void save(String group, GroupSnapshot snapshot, Instant at) {}

        @Override
        public void forget(String group) {}

        @Override
        public Optional<GroupSnapshot> state(String group, String version) {
          return Optional.ofNullable(states.get(version));
        }

        @Override
        public List<KeptRefusal> refusals() {
          return kept;
        }

        @Override
        public void keep(List<KeptRefusal> refusals) {
          kept = List.copyOf(refusals);
        }

        @Override
        public List<KeptNode> nodes() {
          return nodes;
        }

        @Override
        public void keepNodes(List<KeptNode> connected) {
          nodes = List.copyOf(connected);
        }
      };

  private final FleetObserver observer =
      new FleetObserver() {
        @Override
        public void connected(String node, String group) {
          events.add("connected " + node);
        }

        @Override
        public void disconnected(String node, String group) {
          events.add("disconnected " + node);
        }

        @Override
        public void converged(ClientKey client, String group, Convergence to) {
          events.add("converged " + client.id() + " " + to.took().toMillis() + " " + to.live());
        }

        @Override
        public void refused(ClientKey client, String group, Nack nack) {
          events.add("refused " + client.id() + " " + nack.type());
        }

        @Override
        public void rolledBack(String node, String group, Nack nack) {
          events.add("rolled back " + node);
        }

        @Override
        public void reassigned(String group) {
          events.add("reassigned " + group);
        }
      };

  final Fleet fleet;

  private InstantSource clock() {
    return () -> now;
  }

  static Node node(String id) {
    return Node.newBuilder()
        .setId(id)
        .setCluster("edge")
        .setUserAgentName("envoy")
        .setUserAgentVersion("1.40.0")
        .build();
  }

  /** A state with these clusters and one listener. */
  static GroupSnapshot state(String... clusters) {
    var resources =
        new ArrayList<>(
            Stream.of(clusters)
                .map(name ->
                    new Resource(
                        new ResourceId(ResourceType.CLUSTER, name),
                        Cluster.newBuilder().setName(name).build(),
                        new Origin("edge/a.yaml", 3, 1)))
                .toList());
    resources.add(
        new Resource(
            new ResourceId(ResourceType.LISTENER, "web"),
            Listener.newBuilder().setName("web").setStatPrefix(String.join("-", clusters)).build(),
            new Origin("edge/b.yaml", 7, 1)));
    return GroupSnapshot.of(resources);
  }

  GroupSnapshot publish(String... clusters) {
    var state = state(clusters);
    states.put(state.version(), state);
    fleet.judged("edge", new Outcome.Published(state, Duration.ZERO));
    return state;
  }

  /** Other clusters, and the listeners of the state. */
  GroupSnapshot publishWith(GroupSnapshot listeners, String... clusters) {
    var state =
        state(clusters)
            .keeping(Set.of(ResourceType.LISTENER), listeners)
            .keeping(Set.of(ResourceType.CLUSTER), state(clusters));
    fleet.judged("edge", new Outcome.Published(state, Duration.ZERO));
    return state;
  }

  XdsStream stream(Node node) {
    return stream(node, Transport.ADS_DELTA);
  }

  XdsStream stream(Node node, Transport transport) {
    return stream(node, transport, "127.0.0.1:" + (streams + 1));
  }

  XdsStream stream(Node node, Transport transport, String address) {
    streams++;
    return new XdsStream(streams, transport, address, now, node, 7);
  }

  /** A new connection, whose stream asks for clusters and listeners. */
  XdsStream connect(Node node) {
    return asks(stream(node));
  }

  /** The stream asks for clusters and listeners. */
  XdsStream asks(XdsStream stream) {
    for (var type : List.of(ResourceType.CLUSTER, ResourceType.LISTENER)) {
      fleet.requested(stream, new Asked(type, "", "", List.of("*")));
      fleet.moved(stream, new Standing(type, List.of("*"), "", "", false, ""));
    }
    return stream;
  }

  /** The stream has taken all of the state. */
  void takes(XdsStream stream, GroupSnapshot state) {
    takes(stream, state, ResourceType.CLUSTER);
    takes(stream, state, ResourceType.LISTENER);
  }

  void takes(XdsStream stream, GroupSnapshot state, ResourceType type) {
    var version = state.version(type);
    fleet.acked(stream, type, version);
    fleet.moved(stream, new Standing(type, List.of("*"), version, version, true, ""));
  }

  /** The stream takes the clusters of the state and refuses its listeners. */
  void refuses(XdsStream stream, GroupSnapshot state) {
    takes(stream, state, ResourceType.CLUSTER);
    var listener = state.ofType(ResourceType.LISTENER).all().getFirst().resource();
    var version = state.version(ResourceType.LISTENER);
    fleet.nacked(
        stream,
        ResourceType.LISTENER,
        new Refusal(version, state.version(), "web: cannot bind", listener));
    fleet.moved(stream, new Standing(ResourceType.LISTENER, List.of("*"), version, "", false, ""));
  }

  /** What a client without a stream asks and is answered. */
  void polls(Node node, String version, GroupSnapshot newest) {
    var request = stream(node, Transport.REST);
    fleet.requested(request, new Asked(ResourceType.CLUSTER, version, "", List.of()));
    var answer = newest.version(ResourceType.CLUSTER);
    fleet.responded(request, new Answered(ResourceType.CLUSTER, answer, "", 1, 0, 100));
  }

  void closes(XdsStream stream) {
    fleet.streamClosed(stream, "CANCELLED", Duration.ZERO);
  }

  GroupSnapshot serves(XdsStream stream, GroupSnapshot newest) {
    return fleet.choice("edge", stream, newest);
  }

  NodeStanding standing(String id) {
    return fleet.census().node(id).orElseThrow();
  }

  TypeStanding type(String id, ResourceType type) {
    return Objects.requireNonNull(standing(id).types().get(type));
  }

  NodeState state(String id) {
    return standing(id).state();
  }
}
