package myxds.conformance;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One gRPC stream, frame by frame: nothing is sent or answered that the row does not say. */
final class RawStream<Q, A> {
  /** How long an answer may take that must come. */
  static final Duration PATIENCE = Duration.ofMillis(Long.getLong("conformance.patience", 5_000));

  private final BlockingQueue<Optional<A>> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final ClientCall<Q, A> call;

  private RawStream(ClientCall<Q, A> call) {
    this.call = call;
  }

  /** Opens a stream that takes whatever comes. */
  static <Q, A> RawStream<Q, A> open(Channel channel, MethodDescriptor<Q, A> method) {
    var stream = slow(channel, method, true);
    stream.take(1);
    return stream;
  }

  /** Opens a stream that takes only as many messages as {@link #take} says. */
  static <Q, A> RawStream<Q, A> slow(Channel channel, MethodDescriptor<Q, A> method) {
    return slow(channel, method, false);
  }

  private static <Q, A> RawStream<Q, A> slow(
      Channel channel, MethodDescriptor<Q, A> method, boolean eager) {
    var stream = new RawStream<>(channel.newCall(method, CallOptions.DEFAULT));
    stream.call.start(stream.listener(eager), new Metadata());
    return stream;
  }

  void send(Q request) {
    call.sendMessage(request);
  }

  void take(int messages) {
    call.request(messages);
  }

  void halfClose() {
    call.halfClose();
  }

  void cancel() {
    call.cancel("the row is over", null);
  }

  /** The next message; it must come. */
  A next() throws InterruptedException {
    return nextWithin(PATIENCE)
        .orElseThrow(
            () -> new AssertionError("no response came within " + PATIENCE.toMillis() + " ms"));
  }

  /** The next message, if one comes in time; the stream must not end. */
  Optional<A> nextWithin(Duration time) throws InterruptedException {
    var frame = frames.poll(time.toNanos(), TimeUnit.NANOSECONDS);
    if (frame == null) {
      return Optional.empty();
    }
    if (frame.isEmpty()) {
      frames.add(frame);
      throw new AssertionError("the stream ended: " + end.getNow(Status.UNKNOWN));
    }
    return frame;
  }

  /** The status that ends the stream; it must end. */
  Status end() throws Exception {
    try {
      return end.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the stream did not end within " + PATIENCE.toMillis() + " ms", e);
    }
  }

  private ClientCall.Listener<A> listener(boolean eager) {
    return new ClientCall.Listener<>() {
      @Override
      public void onMessage(A message) {
        frames.add(Optional.of(message));
        if (eager) {
          call.request(1);
        }
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        end.complete(status);
        frames.add(Optional.empty());
      }
    };
  }
}
