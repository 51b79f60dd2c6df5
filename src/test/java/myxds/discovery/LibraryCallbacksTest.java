package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.controlplane.server.DiscoveryServerCallbacks;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The library's callbacks hear everything and hurt nobody. */
class LibraryCallbacksTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private @Nullable XdsServer server;
  private @Nullable ManagedChannel channel;

  @AfterEach
  void stop() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void hearsAStreamFromItsBeginningToItsEnd() throws Exception {
    var peer = asking(new Hearing());

    var answer = peer.receives();
    peer.cancels();

    await()
        .untilAsserted(() ->
            assertThat(heard)
                .containsExactly(
                    "opened",
                    "requested " + ResourceType.CLUSTER.typeUrl(),
                    "responded " + answer.getVersionInfo(),
                    "closed with CANCELLED"));
  }

  @Test
  void isNotWaitedFor() throws Exception {
    var never = new CountDownLatch(1);
    var peer =
        asking(
            new Hearing() {
              @Override
              public void onStreamOpen(long stream, String type) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            });

    assertThat(peer.receives().getResourcesCount()).isEqualTo(1);
    never.countDown();
  }

  @Test
  void survivesOneThatThrows() throws Exception {
    var peer =
        asking(
            new Hearing() {
              @Override
              public void onV3StreamRequest(long stream, DiscoveryRequest request) {
                throw new IllegalStateException("broken on purpose");
              }
            });

    assertThat(peer.receives().getResourcesCount()).isEqualTo(1);
    await().untilAsserted(() -> assertThat(heard).anyMatch(one -> one.startsWith("responded")));
  }

  @Test
  @Timeout(20)
  void mayPublish() throws Exception {
    var target = new AtomicReference<XdsServer>();
    var peer =
        asking(
            new Hearing() {
              @Override
              public void onV3StreamRequest(long stream, DiscoveryRequest request) {
                // Not at the first request: its answer could be the new state already.
                if (!request.getResponseNonce().isEmpty()) {
                  target.get().publish("node1", Fixtures.clusters(2, "a", "b"));
                }
              }
            });
    target.set(Objects.requireNonNull(server));

    peer.sends(
        DiscoveryRequest.newBuilder()
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .setResponseNonce(peer.receives().getNonce())
            .build());

    assertThat(peer.receives().getResourcesCount()).isEqualTo(2);
  }

  private Peer<DiscoveryRequest, DiscoveryResponse> asking(DiscoveryServerCallbacks callbacks)
      throws IOException {
    var running =
        new XdsServer(
            GrpcFixture.options(),
            Node::getId,
            new Recorder(),
            new LibraryCallbacks(List.of(callbacks)));
    server = running;
    running.publish("node1", Fixtures.clusters(1, "a"));
    var to = GrpcFixture.channelTo(running.start());
    channel = to;
    var peer = Peer.sotw(AggregatedDiscoveryServiceGrpc.newStub(to)::streamAggregatedResources);
    peer.sends(
        DiscoveryRequest.newBuilder()
            .setNode(Fixtures.NODE)
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .build());
    return peer;
  }

  /** Writes down what it hears. */
  private class Hearing implements DiscoveryServerCallbacks {
    @Override
    public void onStreamOpen(long stream, String type) {
      heard.add("opened");
    }

    @Override
    public void onV3StreamRequest(long stream, DiscoveryRequest request) {
      heard.add("requested " + request.getTypeUrl());
    }

    @Override
    public void onV3StreamDeltaRequest(long stream, DeltaDiscoveryRequest request) {
      heard.add("delta " + request.getTypeUrl());
    }

    @Override
    public void onV3StreamResponse(
        long stream, DiscoveryRequest request, DiscoveryResponse response) {
      heard.add("responded " + response.getVersionInfo());
    }

    @Override
    public void onStreamCloseWithError(long stream, String type, Throwable error) {
      heard.add("closed with " + io.grpc.Status.fromThrowable(error).getCode());
    }
  }
}
