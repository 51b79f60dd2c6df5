package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XdsServerTest {
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
  void saysThatItServes() {
    var health = HealthGrpc.newBlockingStub(xds.channel);

    var answer = health.check(HealthCheckRequest.getDefaultInstance());

    assertThat(answer.getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(xds.recorder.events()).isEmpty();
  }

  @Test
  void listsItsServices() throws Exception {
    var reflection = ServerReflectionGrpc.newStub(xds.channel);
    Peer<ServerReflectionRequest, ServerReflectionResponse> peer =
        Peer.of(reflection::serverReflectionInfo);

    peer.sends(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(peer.receives().getListServicesResponse().getServiceList())
        .extracting("name")
        .contains(
            "envoy.service.discovery.v3.AggregatedDiscoveryService",
            "envoy.service.cluster.v3.ClusterDiscoveryService",
            "envoy.service.endpoint.v3.EndpointDiscoveryService",
            "envoy.service.listener.v3.ListenerDiscoveryService",
            "envoy.service.route.v3.RouteDiscoveryService",
            "envoy.service.secret.v3.SecretDiscoveryService",
            "grpc.health.v1.Health");
  }

  @Test
  void endsOnlyTheStreamOfAnOversizeRequest() throws Exception {
    var ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
    var large = Peer.sotw(ads::streamAggregatedResources);
    var small = Peer.sotw(ads::streamAggregatedResources);

    large.sends(request().addResourceNames("x".repeat(GrpcFixture.MAX_REQUEST)).build());
    small.sends(request().build());

    assertThat(large.ends().isOk()).isFalse();
    assertThat(small.receives().getResourcesCount()).isEqualTo(1);
    await().untilAsserted(() -> assertThat(xds.recorder.events("closed")).hasSize(1));
  }

  @Test
  void endsStreamsThatStayWhenItCloses() throws Exception {
    var ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
    var peer = Peer.sotw(ads::streamAggregatedResources);
    peer.sends(request().build());
    peer.receives();

    xds.server.close();
    xds.server.close();

    assertThat(peer.ends().getCode()).isNotEqualTo(Status.Code.OK);
    assertThat(xds.recorder.events("closed")).hasSize(1);
    new ServerSocket(xds.server.port(), 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void namesTheAddressThatIsTaken() {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), xds.server.port());
    var options = GrpcFixture.optionsAt(address);

    try (var second = new XdsServer(options, Node::getId, xds.recorder)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + xds.server.port());
    }
  }

  private static DiscoveryRequest.Builder request() {
    return DiscoveryRequest.newBuilder()
        .setNode(Fixtures.NODE)
        .setTypeUrl(ResourceType.CLUSTER.typeUrl());
  }
}
