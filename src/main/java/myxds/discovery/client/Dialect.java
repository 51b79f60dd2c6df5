package myxds.discovery.client;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceStub;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import myxds.resource.ResourceType;

/** How one of the two dialects of xDS asks, and takes what it is told. */
sealed interface Dialect<Q, A extends Message> {

  StreamObserver<Q> open(AggregatedDiscoveryServiceStub service, StreamObserver<A> answers);

  Q question();

  Q ack(A answer);

  /** State of the world: each request repeats all names. */
  record Sotw(Node node, ResourceType type, List<String> names)
      implements Dialect<DiscoveryRequest, DiscoveryResponse> {

    public Sotw {
      names = List.copyOf(names);
    }

    @Override
    public StreamObserver<DiscoveryRequest> open(
        AggregatedDiscoveryServiceStub service, StreamObserver<DiscoveryResponse> answers) {
      return service.streamAggregatedResources(answers);
    }

    @Override
    public DiscoveryRequest question() {
      return request().setNode(node).build();
    }

    @Override
    public DiscoveryRequest ack(DiscoveryResponse answer) {
      return request()
          .setVersionInfo(answer.getVersionInfo())
          .setResponseNonce(answer.getNonce())
          .build();
    }

    private DiscoveryRequest.Builder request() {
      return DiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl()).addAllResourceNames(names);
    }
  }

  /** Incremental: names are subscribed once. */
  record Delta(Node node, ResourceType type, List<String> names)
      implements Dialect<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {

    public Delta {
      names = List.copyOf(names);
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> open(
        AggregatedDiscoveryServiceStub service, StreamObserver<DeltaDiscoveryResponse> answers) {
      return service.deltaAggregatedResources(answers);
    }

    @Override
    public DeltaDiscoveryRequest question() {
      return DeltaDiscoveryRequest.newBuilder()
          .setNode(node)
          .setTypeUrl(type.typeUrl())
          .addAllResourceNamesSubscribe(names)
          .build();
    }

    @Override
    public DeltaDiscoveryRequest ack(DeltaDiscoveryResponse answer) {
      return DeltaDiscoveryRequest.newBuilder()
          .setTypeUrl(type.typeUrl())
          .setResponseNonce(answer.getNonce())
          .build();
    }
  }
}
