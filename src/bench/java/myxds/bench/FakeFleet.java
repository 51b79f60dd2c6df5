package myxds.bench;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Nodes that ask for clusters and listeners over one delta ADS stream each, and answer for them.
 */
final class FakeFleet implements AutoCloseable {
  private static final int STREAMS_PER_CONNECTION = 500;
  private static final String CLUSTERS = "type.googleapis.com/envoy.config.cluster.v3.Cluster";
  private static final String LISTENERS = "type.googleapis.com/envoy.config.listener.v3.Listener";

  private final List<ManagedChannel> channels = new ArrayList<>();

  /** How many clusters were taken so far, by all nodes together. */
  final AtomicInteger taken = new AtomicInteger();

  FakeFleet(int port, int nodes, int refusing) {
    for (int i = 0; i < nodes; i++) {
      if (i % STREAMS_PER_CONNECTION == 0) {
        channels.add(
            ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build());
      }
      new FakeNode("node-%05d".formatted(i), i < refusing).ask(channels.getLast());
    }
  }

  /** One node; gRPC calls it from one thread at a time. */
  private final class FakeNode implements StreamObserver<DeltaDiscoveryResponse> {
    private final String id;
    private final boolean refuses;
    private StreamObserver<DeltaDiscoveryRequest> requests;

    FakeNode(String id, boolean refuses) {
      this.id = id;
      this.refuses = refuses;
    }

    void ask(ManagedChannel channel) {
      requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
      var node =
          Node.newBuilder()
              .setId(id)
              .setCluster("bench")
              .setUserAgentName("envoy")
              .setUserAgentVersion("1.40.0");
      var first = DeltaDiscoveryRequest.newBuilder().setNode(node).setTypeUrl(CLUSTERS);
      requests.onNext(first.build());
      requests.onNext(DeltaDiscoveryRequest.newBuilder().setTypeUrl(LISTENERS).build());
    }

    @Override
    public void onNext(DeltaDiscoveryResponse response) {
      var answer =
          DeltaDiscoveryRequest.newBuilder()
              .setTypeUrl(response.getTypeUrl())
              .setResponseNonce(response.getNonce());
      if (refuses && response.getTypeUrl().equals(LISTENERS)) {
        answer.setErrorDetail(
            Status.newBuilder()
                .setMessage("Error adding/updating listener(s) web: cannot bind '127.0.0.1:80'"));
      }
      requests.onNext(answer.build());
      if (response.getTypeUrl().equals(CLUSTERS)) {
        taken.incrementAndGet();
      }
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
