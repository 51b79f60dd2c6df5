package myxds.discovery;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import myxds.discovery.engine.Response;
import org.jspecify.annotations.Nullable;

/** Hears what is said on streams, for the library's callbacks. In place only if there are any. */
final class CallbackTap implements ServerInterceptor {
  private final LibraryCallbacks callbacks;
  private final AtomicLong lastStream = new AtomicLong();

  CallbackTap(LibraryCallbacks callbacks) {
    this.callbacks = callbacks;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    var told = new Told(lastStream.incrementAndGet());
    callbacks.opened(told.stream, "");
    return new Requests<>(next.startCall(new Responses<>(call, told), headers), told);
  }

  /** What was said on one stream; lives on its event loop. */
  private final class Told {
    private final long stream;
    private final Map<String, Object> lastRequests = new HashMap<>();
    private @Nullable Status end;

    Told(long stream) {
      this.stream = stream;
    }

    void requested(Object request) {
      switch (request) {
        case DiscoveryRequest sotw -> lastRequests.put(sotw.getTypeUrl(), sotw);
        case DeltaDiscoveryRequest delta -> lastRequests.put(delta.getTypeUrl(), delta);
        default -> {
          // Not a message: the stream ends.
        }
      }
      callbacks.requested(stream, request);
    }

    void responded(Response response) {
      var request = lastRequests.getOrDefault(response.type().typeUrl(), lastRequests.get(""));
      callbacks.responded(stream, request, response);
    }

    void closed(Status byClient) {
      callbacks.closed(stream, "", end == null ? byClient : end);
    }
  }

  private static final class Responses<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Told told;

    Responses(ServerCall<Q, A> call, Told told) {
      super(call);
      this.told = told;
    }

    @Override
    public void sendMessage(A message) {
      super.sendMessage(message);
      if (message instanceof Response response) {
        told.responded(response);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      told.end = status;
      super.close(status, trailers);
    }
  }

  private static final class Requests<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Told told;

    Requests(ServerCall.Listener<Q> stream, Told told) {
      super(stream);
      this.told = told;
    }

    @Override
    public void onMessage(Q message) {
      told.requested(message);
      super.onMessage(message);
    }

    @Override
    public void onCancel() {
      super.onCancel();
      told.closed(Status.CANCELLED);
    }

    @Override
    public void onComplete() {
      super.onComplete();
      told.closed(Status.OK);
    }
  }
}
