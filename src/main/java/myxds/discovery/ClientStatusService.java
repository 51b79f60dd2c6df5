package myxds.discovery;

import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc.ClientStatusDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** CSDS over gRPC. Answers come on whatever loop was the last to tell; none is waited for. */
final class ClientStatusService extends ClientStatusDiscoveryServiceImplBase {
  private final ClientStatuses statuses;

  ClientStatusService(ClientStatuses statuses) {
    this.statuses = statuses;
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
      return statuses.ask(request);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Status status(Throwable error) {
    return error instanceof IllegalArgumentException
        ? Status.INVALID_ARGUMENT.withDescription(error.getMessage())
        : Status.UNAVAILABLE.withDescription("the server is stopping");
  }
}
