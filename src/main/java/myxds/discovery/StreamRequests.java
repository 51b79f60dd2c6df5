package myxds.discovery;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from the client to the library. Owned by the stream's event loop. */
final class StreamRequests<Q> extends SimpleForwardingServerCallListener<Q> {
  private static final Logger log = LoggerFactory.getLogger(StreamRequests.class);

  private final StreamMethod method;
  private final StreamInterceptor.Answers<Q, ?> answers;
  private boolean failed;

  StreamRequests(
      ServerCall.Listener<Q> library,
      StreamMethod method,
      StreamInterceptor.Answers<Q, ?> answers) {
    super(library);
    this.method = method;
    this.answers = answers;
  }

  @Override
  public void onMessage(Q message) {
    if (failed) {
      return;
    }
    try {
      deliver(answers.conversation().received(StreamRequest.of(message)));
    } catch (StatusRuntimeException e) {
      fail(e.getStatus());
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("request failed");
      fail(Status.INTERNAL.withDescription("the request could not be processed"));
    }
  }

  @Override
  public void onHalfClose() {
    if (!failed) {
      super.onHalfClose();
    }
  }

  @Override
  public void onCancel() {
    answers.ended(Status.CANCELLED);
    if (!failed) {
      super.onCancel();
    }
  }

  @Override
  public void onComplete() {
    answers.ended(Status.OK);
    super.onComplete();
  }

  private void deliver(StreamRequest request) {
    if (method.serves(request.typeUrl())) {
      super.onMessage(sameMessage(request));
    } else {
      // The library would end the stream, and with it every other type on it.
      answers.request(1);
    }
  }

  /** A request is completed with a message of its own class. */
  @SuppressWarnings("unchecked")
  private Q sameMessage(StreamRequest request) {
    return (Q) request.message();
  }

  private void fail(Status status) {
    failed = true;
    answers.close(status, new Metadata());
    // Only a cancel makes the library let go of the stream's watches.
    super.onCancel();
  }
}
