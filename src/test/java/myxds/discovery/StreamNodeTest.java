package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
import java.io.IOException;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients tell their node in a stream's first request only (conformance rows 2, 3, 4, 5, 7). */
class StreamNodeTest {
  private static final String CLUSTERS = ResourceType.CLUSTER.typeUrl();

  private GrpcFixture xds;

  @BeforeEach
  void serve() throws IOException {
    xds = new GrpcFixture();
    xds.server.publish("node1", Fixtures.clusters(1, "a"));
  }

  @AfterEach
  void stop() {
    xds.close();
  }

  @Test
  void deliversAnEditOnAnAggregatedStream() throws Exception {
    var ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first(CLUSTERS));

    assertAnEditArrives(peer);
  }

  @Test
  void deliversAnEditOnAStreamOfOneType() throws Exception {
    var cds = ClusterDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.sotw(cds::streamClusters);
    peer.sends(first(CLUSTERS));

    assertAnEditArrives(peer);
  }

  @Test
  void deliversAnEditOnAnAggregatedDeltaStream() throws Exception {
    var ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.delta(ads::deltaAggregatedResources);
    peer.sends(firstDelta(CLUSTERS));

    assertADeltaArrives(peer);
  }

  @Test
  void deliversAnEditOnADeltaStreamOfOneType() throws Exception {
    var cds = ClusterDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.delta(cds::deltaClusters);
    peer.sends(firstDelta(CLUSTERS));

    assertADeltaArrives(peer);
  }

  @Test
  void knowsTheTypeOfAStreamOfOneType() throws Exception {
    var cds = ClusterDiscoveryServiceGrpc.newStub(xds.channel);
    var sotw = Peer.sotw(cds::streamClusters);
    var delta = Peer.delta(cds::deltaClusters);
    sotw.sends(first(""));
    delta.sends(firstDelta(""));

    assertThat(sotw.receives().getTypeUrl()).isEqualTo(CLUSTERS);
    assertThat(delta.receives().getTypeUrl()).isEqualTo(CLUSTERS);
  }

  @Test
  void refusesAnAggregatedRequestWithoutType() throws Exception {
    var ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.sotw(ads::streamAggregatedResources);

    peer.sends(first(""));

    assertThat(peer.ends().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(peer.ends().getDescription()).contains("type_url is missing");
  }

  @Test
  void refusesAnotherTypeOnAStreamOfOneType() throws Exception {
    var cds = ClusterDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.sotw(cds::streamClusters);

    peer.sends(first(ResourceType.LISTENER.typeUrl()));

    assertThat(peer.ends().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(peer.ends().getDescription())
        .contains(ResourceType.LISTENER.typeUrl())
        .contains(CLUSTERS);
  }

  @Test
  void refusesAnotherNodeOnTheSameStream() throws Exception {
    var ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(first(CLUSTERS));

    peer.sends(
        first(CLUSTERS).toBuilder().setNode(Node.newBuilder().setId("node2").build()).build());

    assertThat(peer.ends().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(peer.ends().getDescription()).contains("node1").contains("node2");
  }

  @Test
  void answersATypeOfWhichThereIsNothing() throws Exception {
    var ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.sotw(ads::streamAggregatedResources);

    peer.sends(first(ResourceType.RUNTIME.typeUrl()));
    peer.sends(first(CLUSTERS));

    assertThat(peer.receives().getResourcesCount()).isZero();
    assertThat(peer.receives().getTypeUrl()).isEqualTo(CLUSTERS);
  }

  private void assertAnEditArrives(Peer<DiscoveryRequest, DiscoveryResponse> peer)
      throws InterruptedException {
    var answer = peer.receives();
    peer.sends(ack(answer));
    xds.server.publish("node1", Fixtures.clusters(2, "a"));

    var edit = peer.receives();

    assertThat(edit.getVersionInfo())
        .isEqualTo(Fixtures.clusters(2, "a").version(ResourceType.CLUSTER))
        .isNotEqualTo(answer.getVersionInfo());
  }

  private void assertADeltaArrives(Peer<DeltaDiscoveryRequest, DeltaDiscoveryResponse> peer)
      throws InterruptedException {
    var answer = peer.receives();
    peer.sends(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(CLUSTERS)
            .setResponseNonce(answer.getNonce())
            .build());
    xds.server.publish("node1", Fixtures.clusters(2, "a", "b"));

    var edit = peer.receives();

    assertThat(edit.getResourcesList()).extracting("name").containsExactlyInAnyOrder("a", "b");
    assertThat(edit.getSystemVersionInfo()).isNotEqualTo(answer.getSystemVersionInfo());
  }

  private static DiscoveryRequest first(String typeUrl) {
    return DiscoveryRequest.newBuilder().setNode(Fixtures.NODE).setTypeUrl(typeUrl).build();
  }

  private static DeltaDiscoveryRequest firstDelta(String typeUrl) {
    return DeltaDiscoveryRequest.newBuilder().setNode(Fixtures.NODE).setTypeUrl(typeUrl).build();
  }

  private static DiscoveryRequest ack(DiscoveryResponse answer) {
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(answer.getTypeUrl())
        .setVersionInfo(answer.getVersionInfo())
        .setResponseNonce(answer.getNonce())
        .build();
  }
}
