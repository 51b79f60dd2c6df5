package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceStub;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.IOException;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What observers are told. */
class StreamEventsTest {
  private static final String CLUSTERS = ResourceType.CLUSTER.typeUrl();
  private static final String VERSION = Fixtures.clusters(1, "a").version(ResourceType.CLUSTER);

  private GrpcFixture xds;
  private AggregatedDiscoveryServiceStub ads;

  @BeforeEach
  void serve() throws IOException {
    xds = new GrpcFixture();
    xds.server.publish("node1", Fixtures.clusters(1, "a"));
    ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
  }

  @AfterEach
  void stop() {
    xds.close();
  }

  @Test
  void tellsTheStoryOfAStreamInOrder() throws Exception {
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first());
    peer.sends(verdict(peer.receives()).build());
    awaitEvent("acked node1 clusters " + VERSION);

    peer.hangsUp();

    awaitEvent("closed node1 OK");
    assertThat(xds.recorder.events())
        .containsExactly(
            "opened ads-sotw",
            "requested node1 clusters []",
            "responded node1 clusters " + VERSION + " resources=1 removed=0",
            "requested node1 clusters []",
            "acked node1 clusters " + VERSION,
            "closed node1 OK");
  }

  @Test
  void tellsTheStoryOfADeltaStream() throws Exception {
    var peer = Peer.delta(ads::deltaAggregatedResources);
    peer.sends(
        DeltaDiscoveryRequest.newBuilder().setNode(Fixtures.NODE).setTypeUrl(CLUSTERS).build());
    var answer = peer.receives();

    peer.sends(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(CLUSTERS)
            .setResponseNonce(answer.getNonce())
            .setErrorDetail(Status.newBuilder().setMessage("no such filter"))
            .build());

    awaitEvent("nacked node1 clusters " + VERSION + " no such filter");
    assertThat(xds.recorder.events())
        .startsWith(
            "opened ads-delta",
            "requested node1 clusters []",
            "responded node1 clusters " + VERSION + " resources=1 removed=0");
  }

  @Test
  void tellsTheRefusedVersionAndTheReasonOfANack() throws Exception {
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first());
    var answer = peer.receives();

    peer.sends(nack(answer, "cannot bind"));

    awaitEvent("nacked node1 clusters " + VERSION + " cannot bind");
    assertThat(xds.recorder.events("acked")).isEmpty();
  }

  @Test
  void hidesSecretsInTheReasonOfANack() throws Exception {
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first());
    var answer = peer.receives();

    peer.sends(nack(answer, "bad: private_key { inline_string: \"hunter2\" }"));

    awaitEvent(
        "nacked node1 clusters " + VERSION + " bad: private_key { inline_string: \"[redacted]\" }");
  }

  @Test
  void takesAStaleNonceForNoVerdict() throws Exception {
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first());
    var answer = peer.receives();

    peer.sends(verdict(answer).setResponseNonce("stale").build());
    peer.sends(verdict(answer).build());

    awaitEvent("acked node1 clusters " + VERSION);
    assertThat(xds.recorder.events("requested")).hasSize(3);
    assertThat(xds.recorder.events("acked")).hasSize(1);
  }

  @Test
  void tellsOneAckPerResponse() throws Exception {
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first());
    var answer = peer.receives();

    peer.sends(verdict(answer).build());
    peer.sends(verdict(answer).build());

    await().untilAsserted(() -> assertThat(xds.recorder.events("requested")).hasSize(3));
    peer.hangsUp();
    awaitEvent("closed node1 OK");
    assertThat(xds.recorder.events("acked")).hasSize(1);
  }

  @Test
  void seesAClientThatCancels() throws Exception {
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first());
    peer.receives();

    peer.cancels();

    awaitEvent("closed node1 CANCELLED");
  }

  @Test
  void seesAClientThatVanishes() throws Exception {
    try (var relay = new Relay(xds.server.port())) {
      var channel = GrpcFixture.channelTo(relay.port());
      var peer =
          Peer.sotw(AggregatedDiscoveryServiceGrpc.newStub(channel)::streamAggregatedResources);
      peer.sends(first());
      peer.receives();

      relay.cut();

      awaitEvent("closed node1 CANCELLED");
      assertThat(xds.recorder.events("closed")).hasSize(1);
      channel.shutdownNow();
    }
  }

  @Test
  void seesAStreamThatAnErrorEnded() throws Exception {
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first().toBuilder().setTypeUrl("").build());

    peer.ends();

    await().untilAsserted(() -> assertThat(xds.recorder.events("closed")).hasSize(1));
    assertThat(xds.recorder.events("closed").getFirst()).endsWith("INVALID_ARGUMENT");
  }

  @Test
  void servesOthersAfterAStreamEndedInAnError() throws Exception {
    var broken = Peer.delta(ads::deltaAggregatedResources);
    var request = DeltaDiscoveryRequest.newBuilder().setNode(Fixtures.NODE).setTypeUrl(CLUSTERS);
    broken.sends(request.build());
    broken.receives();
    broken.sends(request.setNode(Node.newBuilder().setId("node2")).build());
    broken.ends();
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first());
    peer.sends(verdict(peer.receives()).build());
    awaitEvent("acked node1 clusters " + VERSION);

    xds.server.publish("node1", Fixtures.clusters(2, "a"));

    assertThat(peer.receives().getVersionInfo()).isNotEqualTo(VERSION);
    assertThat(xds.recorder.events("closed")).containsExactly("closed node1 INVALID_ARGUMENT");
  }

  @Test
  void survivesAnObserverThatThrows() throws Exception {
    var broken =
        new DiscoveryObserver() {
          @Override
          public void requested(XdsStream stream, Asked asked) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    try (var server = new XdsServer(GrpcFixture.options(), Node::getId, broken)) {
      server.publish("node1", Fixtures.clusters(1, "a"));
      var channel = GrpcFixture.channelTo(server.start());
      var peer =
          Peer.sotw(AggregatedDiscoveryServiceGrpc.newStub(channel)::streamAggregatedResources);

      peer.sends(first());

      assertThat(peer.receives().getResourcesCount()).isEqualTo(1);
      channel.shutdownNow();
    }
  }

  private void awaitEvent(String event) {
    await().untilAsserted(() -> assertThat(xds.recorder.events()).contains(event));
  }

  private static DiscoveryRequest first() {
    return DiscoveryRequest.newBuilder().setNode(Fixtures.NODE).setTypeUrl(CLUSTERS).build();
  }

  private static DiscoveryRequest.Builder verdict(DiscoveryResponse answer) {
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(answer.getTypeUrl())
        .setVersionInfo(answer.getVersionInfo())
        .setResponseNonce(answer.getNonce());
  }

  /** The client keeps the version that it had: none. */
  private static DiscoveryRequest nack(DiscoveryResponse answer, String reason) {
    return verdict(answer)
        .setVersionInfo("")
        .setErrorDetail(Status.newBuilder().setMessage(reason))
        .build();
  }
}
