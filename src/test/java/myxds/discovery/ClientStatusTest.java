package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc.ClientStatusDiscoveryServiceBlockingStub;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import io.envoyproxy.envoy.type.matcher.v3.NodeMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StructMatcher;
import java.io.IOException;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CSDS: what clients were sent and made of it. */
class ClientStatusTest {
  private static final ClientStatusRequest ALL = ClientStatusRequest.getDefaultInstance();

  private GrpcFixture xds;
  private ClientStatusDiscoveryServiceBlockingStub csds;
  private Peer<DiscoveryRequest, DiscoveryResponse> envoy;

  @BeforeEach
  void serve() throws IOException {
    xds = new GrpcFixture();
    xds.server.publish("node1", Fixtures.clusters(1, "a"));
    csds = ClientStatusDiscoveryServiceGrpc.newBlockingStub(xds.channel);
    var ads = AggregatedDiscoveryServiceGrpc.newStub(xds.channel);
    envoy = Peer.sotw(ads::streamAggregatedResources);
    envoy.sends(request().setNode(Fixtures.NODE).build());
  }

  @AfterEach
  void stop() {
    xds.close();
  }

  @Test
  void answersNobodyWithoutAStreamOfItsOwn() {
    envoy.cancels();

    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> csds.fetchClientStatus(ALL))
                .hasMessageContaining("PERMISSION_DENIED"));
  }

  @Test
  void tellsWhatIsOnItsWayWhatWasTakenAndWhatWasRefused() throws Exception {
    var first = envoy.receives();
    assertThat(cluster().getConfigStatus()).isEqualTo(ConfigStatus.STALE);

    envoy.sends(request().setResponseNonce(first.getNonce()).build());
    envoyWasHeard();
    assertThat(cluster().getConfigStatus()).isEqualTo(ConfigStatus.SYNCED);
    assertThat(cluster().getXdsConfig().getTypeUrl()).isEqualTo(ResourceType.CLUSTER.typeUrl());

    xds.server.publish("node1", Fixtures.clusters(2, "a"));
    var second = envoy.receives();
    envoy.sends(
        request()
            .setResponseNonce(second.getNonce())
            .setErrorDetail(Status.newBuilder().setMessage("no such thing"))
            .build());
    envoyWasHeard();
    assertThat(cluster().getConfigStatus()).isEqualTo(ConfigStatus.ERROR);
    assertThat(cluster().getErrorState().getDetails()).isEqualTo("no such thing");
  }

  @Test
  void leavesContentsOutWhenToldTo() throws Exception {
    envoy.receives();

    var answer = csds.fetchClientStatus(ALL.toBuilder().setExcludeResourceContents(true).build());

    assertThat(answer.getConfig(0).getGenericXdsConfigs(0).hasXdsConfig()).isFalse();
  }

  @Test
  void tellsOfTheNodesThatAreAskedFor() throws Exception {
    envoy.receives();

    assertThat(csds.fetchClientStatus(of("NODE")).getConfigList()).hasSize(1);
    assertThat(csds.fetchClientStatus(of("other")).getConfigList()).isEmpty();
  }

  @Test
  void refusesWhatItCannotMatch() {
    var request =
        ClientStatusRequest.newBuilder()
            .addNodeMatchers(
                NodeMatcher.newBuilder().addNodeMetadatas(StructMatcher.getDefaultInstance()))
            .build();

    assertThatThrownBy(() -> csds.fetchClientStatus(request))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("node_metadatas");
  }

  private ClientConfig.GenericXdsConfig cluster() {
    return csds.fetchClientStatus(ALL).getConfig(0).getGenericXdsConfigs(0);
  }

  /** The answer to a request proves that the one before it was processed. */
  private void envoyWasHeard() throws InterruptedException {
    envoy.sends(
        DiscoveryRequest.newBuilder()
            .setTypeUrl("type.googleapis.com/barrier." + System.nanoTime())
            .build());
    assertThat(envoy.receives().getTypeUrl()).contains("barrier");
  }

  private static ClientStatusRequest of(String prefix) {
    var id = StringMatcher.newBuilder().setPrefix(prefix).setIgnoreCase(true);
    return ClientStatusRequest.newBuilder()
        .addNodeMatchers(NodeMatcher.newBuilder().setNodeId(id))
        .build();
  }

  private static DiscoveryRequest.Builder request() {
    return DiscoveryRequest.newBuilder().setTypeUrl(ResourceType.CLUSTER.typeUrl());
  }
}
