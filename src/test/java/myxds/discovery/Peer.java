package myxds.discovery;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client's end of one stream. */
final class Peer<Q, A> implements StreamObserver<A> {
  private final BlockingQueue<A> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private @Nullable StreamObserver<Q> requests;

  static <Q, A> Peer<Q, A> of(Function<StreamObserver<A>, StreamObserver<Q>> method) {
    var peer = new Peer<Q, A>();
    peer.requests = method.apply(peer);
    return peer;
  }

  static Peer<DiscoveryRequest, DiscoveryResponse> sotw(
      Function<StreamObserver<DiscoveryResponse>, StreamObserver<DiscoveryRequest>> method) {
    return of(method);
  }

  static Peer<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta(
      Function<StreamObserver<DeltaDiscoveryResponse>, StreamObserver<DeltaDiscoveryRequest>>
          method) {
    return of(method);
  }

  void sends(Q request) {
    Objects.requireNonNull(requests).onNext(request);
  }

  A receives() throws InterruptedException {
    return Objects.requireNonNull(
        answers.poll(10, TimeUnit.SECONDS), () -> "no answer came; the stream's end: " + ended);
  }

  Status ends() throws Exception {
    return ended.get(10, TimeUnit.SECONDS);
  }

  void hangsUp() {
    Objects.requireNonNull(requests).onCompleted();
  }

  void cancels() {
    if (requests instanceof ClientCallStreamObserver<Q> call) {
      call.cancel("gone", null);
    }
  }

  @Override
  public void onNext(A answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable error) {
    ended.complete(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {
    ended.complete(Status.OK);
  }
}
