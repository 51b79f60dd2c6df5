package myxds.discovery;

import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc.ClientStatusDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** CSDS over gRPC. No answer is waited for. */
final class ClientStatusService extends ClientStatusDiscoveryServiceImplBase {
  private static final Context.Key<String> CONNECTION = Context.key("connection");

  private final ClientStatuses statuses;
  private final boolean allNodes;

  /**
   * @param allNodes whether a client is shown the status of others, too
   */
  ClientStatusService(ClientStatuses statuses, boolean allNodes) {
    this.statuses = statuses;
    this.allNodes = allNodes;
  }

  /** Returns the service, for calls that tell the connection that they came on. */
  ServerServiceDefinition definition() {
    return ServerInterceptors.intercept(this, new Connected());
  }

  private static final class Connected implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      var client = Addresses.of(call);
      var context = Context.current().withValue(CONNECTION, client);
      return Contexts.interceptCall(context, call, headers, next);
    }
  }

  @Override
  public void fetchClientStatus(
      ClientStatusRequest request, StreamObserver<ClientStatusResponse> answer) {
    answer(request, answer, true);
  }

  @Override
  public StreamObserver<ClientStatusRequest> streamClientStatus(
      StreamObserver<ClientStatusResponse> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ClientStatusRequest request) {
        answer(request, answer, false);
      }

      @Override
      public void onError(Throwable gone) {}

      @Override
      public void onCompleted() {
        synchronized (answer) {
          answer.onCompleted();
        }
      }
    };
  }

  private void answer(
      ClientStatusRequest request, StreamObserver<ClientStatusResponse> answer, boolean last) {
    var unused =
        asked(request)
            .whenComplete((response, error) -> {
              // Two answers may be ready on two loops at once.
              synchronized (answer) {
                if (error != null) {
                  answer.onError(status(error).asRuntimeException());
                  return;
                }
                answer.onNext(response);
                if (last) {
                  answer.onCompleted();
                }
              }
            });
  }

  private CompletableFuture<ClientStatusResponse> asked(ClientStatusRequest request) {
    try {
      return statuses.ask(request, allNodes ? null : Objects.requireNonNull(CONNECTION.get()));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Status status(Throwable error) {
    var cause = error instanceof CompletionException ? error.getCause() : error;
    return switch (cause) {
      case IllegalArgumentException e -> Status.INVALID_ARGUMENT.withDescription(e.getMessage());
      case ClientStatuses.NotYours e -> Status.PERMISSION_DENIED.withDescription(e.getMessage());
      case null, default -> Status.UNAVAILABLE.withDescription("the server is stopping");
    };
  }
}
