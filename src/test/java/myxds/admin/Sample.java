package myxds.admin;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.GroupState.Standing;
import myxds.snapshot.HoldCause;
import myxds.snapshot.KeptRefusal;
import myxds.snapshot.PublishedState;
import org.jspecify.annotations.Nullable;

/** States to ask about. */
final class Sample {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  static final GroupSnapshot SNAPSHOT =
      GroupSnapshot.of(
          List.of(
              resource(ResourceType.CLUSTER, "service_bbc", 3),
              resource(ResourceType.CLUSTER, "service_cnn", 9),
              resource(ResourceType.LISTENER, "listener_0", 20),
              resource(ResourceType.SECRET, "tls", 40)));

  private Sample() {}

  static GroupState group(String name, Standing standing, @Nullable GroupSnapshot served) {
    var guarded = new HoldCause.Guarded("no clusters are left of 2");
    var held = standing == Standing.HELD ? new GroupState.Held(SNAPSHOT, guarded) : null;
    return new GroupState(name, standing, served, served == null ? null : NOON, held);
  }

  /** A group that went back from {@link #SNAPSHOT} because a node NACKed a listener of it. */
  static GroupState rolledBack(String name) {
    var origin = new Origin("node1/a.yaml", 20, 1);
    var what =
        new KeptRefusal.What(
            ResourceType.LISTENER, "07aa", "cannot bind", NOON, false, "listener_0", origin);
    var cause =
        new HoldCause.RolledBack(
            "1 of 2 nodes NACKed it", List.of(new HoldCause.NodeNack("edge-1", what)));
    return new GroupState(
        name, Standing.HELD, SNAPSHOT, NOON, new GroupState.Held(SNAPSHOT, cause));
  }

  static PublishedState ready(GroupState... groups) {
    return new PublishedState(byName(groups), List.of(), true, null);
  }

  static PublishedState withProblems(PublishedState state, Problem... problems) {
    return new PublishedState(state.groups(), List.of(problems), state.ready(), state.trouble());
  }

  static PublishedState withTrouble(PublishedState state, String trouble) {
    return new PublishedState(state.groups(), state.problems(), state.ready(), trouble);
  }

  static PublishedState notReady(GroupState... groups) {
    return new PublishedState(byName(groups), List.of(), false, null);
  }

  /** A stream of a node whose group is named like its cluster. */
  static XdsStream stream(String id, String cluster) {
    var node = Node.newBuilder().setId(id).setCluster(cluster).setUserAgentVersion("1.40.0");
    return new XdsStream(
        id.hashCode(), Transport.ADS_DELTA, "127.0.0.1:53412", NOON, node.build(), 0);
  }

  private static Map<String, GroupState> byName(GroupState... groups) {
    return Stream.of(groups).collect(Collectors.toMap(GroupState::name, Function.identity()));
  }

  private static Resource resource(ResourceType type, String name, int line) {
    var message =
        switch (type.plural()) {
          case "clusters" -> Cluster.newBuilder().setName(name).build();
          case "listeners" -> Listener.newBuilder().setName(name).build();
          default -> secret(name);
        };
    return new Resource(new ResourceId(type, name), message, new Origin("node1/a.yaml", line, 1));
  }

  private static Secret secret(String name) {
    return Secret.newBuilder()
        .setName(name)
        .setTlsCertificate(
            TlsCertificate.newBuilder()
                .setCertificateChain(DataSource.newBuilder().setInlineString("public chain"))
                .setPrivateKey(DataSource.newBuilder().setInlineString("a private key")))
        .build();
  }
}
