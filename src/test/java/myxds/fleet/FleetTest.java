package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.BuildVersion;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.type.v3.SemanticVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Node ENVOY =
      Node.newBuilder()
          .setId("edge-1")
          .setCluster("edge")
          .setUserAgentBuildVersion(
              BuildVersion.newBuilder()
                  .setVersion(
                      SemanticVersion.newBuilder()
                          .setMajorNumber(1)
                          .setMinorNumber(40)
                          .setPatch(2)))
          .build();

  private final Fleet fleet = new Fleet(node -> "group of " + node.getCluster());

  @Test
  void listsANodeWithAllThatItTold() {
    asks(stream(1, Transport.ADS_DELTA, ENVOY));

    assertThat(fleet.nodes())
        .containsExactly(
            new ConnectedNode(
                "edge-1",
                "edge",
                "group of edge",
                "1.40.2",
                "127.0.0.1:1",
                NOON.plusSeconds(1),
                List.of("ads-delta"),
                1));
  }

  @Test
  void listsANodeOnceHoweverManyStreamsItHas() {
    asks(stream(2, Transport.DELTA, ENVOY));
    asks(stream(1, Transport.SOTW, ENVOY));
    asks(stream(3, Transport.SOTW, ENVOY));
    asks(stream(3, Transport.SOTW, ENVOY));

    var node = fleet.nodes().getFirst();

    assertThat(fleet.nodes()).hasSize(1);
    assertThat(node.streams()).isEqualTo(3);
    assertThat(node.transports()).containsExactly("sotw", "delta");
    assertThat(node.address()).isEqualTo("127.0.0.1:1");
  }

  @Test
  void forgetsANodeWhenItsLastStreamCloses() {
    var first = stream(1, Transport.SOTW, ENVOY);
    var second = stream(2, Transport.SOTW, ENVOY);
    asks(first);
    asks(second);

    fleet.streamClosed(first, "OK", Duration.ZERO);
    assertThat(fleet.nodes()).hasSize(1);
    fleet.streamClosed(second, "CANCELLED", Duration.ZERO);

    assertThat(fleet.nodes()).isEmpty();
  }

  @Test
  void listsNodesById() {
    asks(stream(1, Transport.ADS_SOTW, Node.newBuilder().setId("b").build()));
    asks(stream(2, Transport.ADS_SOTW, Node.newBuilder().setId("a").build()));

    assertThat(fleet.nodes()).extracting(ConnectedNode::id).containsExactly("a", "b");
  }

  @Test
  void leavesOutWhoHoldsNoStreamOrTellsNoName() {
    asks(stream(1, Transport.REST, ENVOY));
    asks(stream(2, Transport.ADS_SOTW, Node.getDefaultInstance()));

    assertThat(fleet.nodes()).isEmpty();
  }

  @Test
  void takesTheVersionThatOtherClientsTell() {
    asks(stream(1, Transport.ADS_SOTW, ENVOY.toBuilder().setUserAgentVersion("1.85.1").build()));

    assertThat(fleet.nodes()).extracting(ConnectedNode::envoy).containsExactly("1.85.1");
  }

  @Test
  void findsTheGroupAnew() {
    var group = new AtomicReference<>("edge");
    var moving = new Fleet(node -> group.get());
    moving.requested(stream(1, Transport.ADS_SOTW, ENVOY), asked());

    group.set("default");

    assertThat(moving.nodes()).extracting(ConnectedNode::group).containsExactly("default");
  }

  private void asks(XdsStream stream) {
    fleet.requested(stream, asked());
  }

  private static Asked asked() {
    return new Asked(ResourceType.CLUSTER, "", "", List.of());
  }

  private static XdsStream stream(long id, Transport transport, Node node) {
    return new XdsStream(id, transport, "127.0.0.1:" + id, NOON.plusSeconds(id), node);
  }
}
