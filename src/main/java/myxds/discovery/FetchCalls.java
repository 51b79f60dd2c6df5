package myxds.discovery;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Grpc;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** The unary methods, {@code FetchClusters} and its like. */
final class FetchCalls {
  private final Fetch fetch;
  private final DiscoveryObserver observer;
  private final Streams streams;

  FetchCalls(Fetch fetch, DiscoveryObserver observer, Streams streams) {
    this.fetch = fetch;
    this.streams = streams;
    this.observer = observer;
  }

  /** The client of one call. */
  private record Caller(XdsStream stream, @Nullable ClientConnection connection) {}

  ServerCallHandler<Object, Message> handler(ResourceType type) {
    return (call, headers) -> {
      var caller =
          new Caller(
              XdsStream.begin(Transport.FETCH, Addresses.of(call)),
              streams.connection(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
      return ServerCalls.<Object, Message>asyncUnaryCall(
              (request, answer) -> answer(type, request, caller, answer))
          .startCall(call, headers);
    };
  }

  private void answer(
      ResourceType type, Object message, Caller caller, StreamObserver<Message> answer) {
    try {
      if (message instanceof Status unreadable) {
        throw unreadable.asRuntimeException();
      }
      var request = (DiscoveryRequest) message;
      StreamMethod.ensureValid(request.getNode(), Node.getDefaultInstance(), caller.connection);
      answer.onNext(answer(type, request, caller.stream.withNode(request.getNode())));
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    }
  }

  private DiscoveryResponse answer(ResourceType type, DiscoveryRequest request, XdsStream stream) {
    if (!List.of("", type.typeUrl()).contains(request.getTypeUrl())) {
      throw status(
          Status.INVALID_ARGUMENT,
          "type_url: " + request.getTypeUrl() + " (expected: " + type.typeUrl() + ", or none)");
    }
    observer.requested(
        stream,
        new Asked(
            type,
            request.getVersionInfo(),
            request.getResponseNonce(),
            request.getResourceNamesList()));
    var choice =
        fetch
            .choice(type, request)
            .orElseThrow(() -> status(Status.UNAVAILABLE, Fetch.notServed(request.getNode())));
    var response = choice.response();
    int bytes = response.getSerializedSize();
    observer.responded(
        stream, new Answered(type, choice.version(), "", choice.resources().size(), 0, bytes));
    return response;
  }

  private static StatusRuntimeException status(Status status, String description) {
    return status.withDescription(description).asRuntimeException();
  }
}
