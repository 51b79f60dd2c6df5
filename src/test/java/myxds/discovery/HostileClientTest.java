package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that break, flood or ignore the protocol hurt their own streams only. */
class HostileClientTest {
  private static final long ROOM = 1 << 20;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private GrpcFixture xds;

  @BeforeEach
  void serve() throws IOException {
    xds = new GrpcFixture(ROOM);
    xds.server.publish("node1", Fixtures.clusters(1, "a"));
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    xds.close();
  }

  @Test
  void answersAHundredThousandNames() throws Exception {
    var names = IntStream.range(0, 100_000).mapToObj(i -> "name-" + i).toList();
    var peer =
        Peer.sotw(AggregatedDiscoveryServiceGrpc.newStub(xds.channel)::streamAggregatedResources);

    peer.sends(first().addAllResourceNames(names).addResourceNames("a").build());

    assertThat(peer.receives().getResourcesCount()).isEqualTo(1);
  }

  @Test
  void honoursASubscriptionWithANonceThatItNeverGave() throws Exception {
    var peer =
        Peer.delta(AggregatedDiscoveryServiceGrpc.newStub(xds.channel)::deltaAggregatedResources);
    peer.sends(
        DeltaDiscoveryRequest.newBuilder()
            .setNode(Fixtures.NODE)
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .setResponseNonce("never given")
            .addResourceNamesSubscribe("a")
            .build());

    assertThat(peer.receives().getResourcesCount()).isEqualTo(1);
  }

  @Test
  void isNotMadeToRepeatABook() throws Exception {
    var peer =
        Peer.sotw(AggregatedDiscoveryServiceGrpc.newStub(xds.channel)::streamAggregatedResources);
    peer.sends(first().build());
    peer.receives();

    peer.sends(first().setNode(Node.newBuilder().setId("x".repeat(1_000_000))).build());

    assertThat(peer.ends().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(peer.ends().getDescription()).hasSizeLessThan(600);
  }

  @Test
  void endsWhatDoesNotReadWhenOthersStarve() throws Exception {
    xds.server.publish("node1", large(1));
    for (int i = 0; i < 3; i++) {
      neverReads();
    }
    await().until(() -> xds.recorder.events("responded").size() >= 1);
    var healthy =
        Peer.sotw(
            AggregatedDiscoveryServiceGrpc.newStub(channel(8 << 20))::streamAggregatedResources);
    healthy.sends(first().build());
    var answer = healthy.receives();
    healthy.sends(first().setResponseNonce(answer.getNonce()).build());

    xds.server.publish("node1", large(2));

    assertThat(healthy.receives().getVersionInfo()).isNotEqualTo(answer.getVersionInfo());
    await()
        .untilAsserted(() ->
            assertThat(xds.recorder.events("closed")).contains("closed node1 RESOURCE_EXHAUSTED"));
  }

  @Test
  void sendsOneResponseToAClientThatNeverAcksAndTheNewestWhenItDoes() throws Exception {
    var peer =
        Peer.sotw(AggregatedDiscoveryServiceGrpc.newStub(xds.channel)::streamAggregatedResources);
    peer.sends(first().build());
    var answer = peer.receives();

    for (int i = 2; i <= 50; i++) {
      xds.server.publish("node1", Fixtures.clusters(i, "a"));
    }
    peer.sends(first().setResponseNonce(answer.getNonce()).build());

    var newest = Cluster.parseFrom(peer.receives().getResources(0).getValue());
    assertThat(newest.getConnectTimeout().getSeconds()).isEqualTo(50);
    assertThat(xds.recorder.events("responded")).hasSize(2);
  }

  @Test
  void keepsNothingOfStreamsHoweverTheyEnd() throws Exception {
    var peers = new ArrayList<Peer<DiscoveryRequest, DiscoveryResponse>>();
    for (int i = 0; i < 300; i++) {
      var stub = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
      var peer = Peer.sotw(stub::streamAggregatedResources);
      peer.sends(first().setNode(Node.newBuilder().setId("node" + i)).build());
      peers.add(peer);
    }
    await().until(() -> xds.server.streams() == 300);

    for (int i = 0; i < 300; i++) {
      switch (i % 3) {
        case 0 -> peers.get(i).cancels();
        case 1 -> peers.get(i).hangsUp();
        default -> peers.get(i).sends(first().setNode(Node.newBuilder().setId("other")).build());
      }
    }

    await().until(() -> xds.server.streams() == 0);
    await().until(() -> xds.recorder.events("closed").size() == 300);
  }

  /** A client that asks and takes no answer. */
  private void neverReads() {
    var call =
        channel(1 << 16)
            .newCall(
                AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod(),
                CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(first().build());
  }

  private ManagedChannel channel(int window) {
    var channel = GrpcFixture.channelTo(xds.server.port(), window);
    channels.add(channel);
    return channel;
  }

  /** 800 kB: one such response that nobody reads leaves no room for a second and a third. */
  private static GroupSnapshot large(int edition) {
    var stat = "x".repeat(800);
    return GroupSnapshot.of(
        IntStream.range(0, 1_000)
            .mapToObj(i ->
                new Resource(
                    new ResourceId(ResourceType.CLUSTER, "c" + i),
                    Cluster.newBuilder().setName("c" + i).setAltStatName(stat + edition).build(),
                    Origin.of("a.yaml")))
            .toList());
  }

  private static DiscoveryRequest.Builder first() {
    return DiscoveryRequest.newBuilder()
        .setNode(Fixtures.NODE)
        .setTypeUrl(ResourceType.CLUSTER.typeUrl());
  }
}
