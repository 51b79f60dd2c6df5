package myxds.discovery.client;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server said. gRPC's threads tell it, one other thread asks it; a response is let in when
 * the one before was asked for, so that a fast server cannot fill the memory.
 */
final class Heard<Q, A> implements ClientResponseObserver<Q, A> {
  private final BlockingQueue<Event<A>> events = new LinkedBlockingQueue<>();
  private final CountDownLatch anything = new CountDownLatch(1);
  private volatile boolean connected;
  private volatile Status status = Status.OK;
  private @Nullable ClientCallStreamObserver<Q> call;

  sealed interface Event<A> {}

  record Answer<A>(A message) implements Event<A> {}

  record End<A>(Status status) implements Event<A> {}

  /** Waits for the first sign of a server, or of its absence. */
  boolean anything(Duration patience) throws InterruptedException {
    return anything.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits for the next response or the end. */
  Event<A> next() throws InterruptedException {
    var event = events.take();
    if (event instanceof End) {
      events.add(event);
    } else if (call != null) {
      call.request(1);
    }
    return event;
  }

  /** Whether a server has greeted. */
  boolean isConnected() {
    return connected;
  }

  /** How it ended; OK before. */
  Status status() {
    return status;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> call) {
    this.call = call;
    call.disableAutoRequestWithInitial(1);
    call.setOnReadyHandler(this::connected);
  }

  /** A stream is ready when its connection has been through HTTP/2's greeting. */
  private void connected() {
    connected = true;
    anything.countDown();
  }

  @Override
  public void onNext(A message) {
    events.add(new Answer<>(message));
    connected();
  }

  @Override
  public void onError(Throwable error) {
    ended(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {
    ended(Status.OK);
  }

  private void ended(Status how) {
    status = how;
    events.add(new End<>(how));
    anything.countDown();
  }
}
