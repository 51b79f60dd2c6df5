package myxds.discovery;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The seam between gRPC and the library's stream code, where the program's own stream engine will
 * take the library's place. It completes what the library would misread (it forgets the node after
 * a stream's first request, so that no later change would arrive), keeps from it what it would die
 * of, and tells the observer what is said, which the library's callbacks do not when a client
 * vanishes.
 */
final class StreamInterceptor implements ServerInterceptor {
  private final DiscoveryObserver observer;

  StreamInterceptor(DiscoveryObserver observer) {
    this.observer = observer;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> library) {
    if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
      return library.startCall(call, headers);
    }
    var method = StreamMethod.of(call.getMethodDescriptor());
    var conversation = new Conversation(method, address(call), observer);
    var answers = new Answers<>(call, conversation);
    var requests = library.startCall(answers, headers);
    conversation.opened();
    return new StreamRequests<>(requests, method, answers);
  }

  private static String address(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress at
        ? Addresses.text(at)
        : "";
  }

  /**
   * The way to the client. The publisher's thread may send while the event loop closes; a message
   * after the end would throw into the publisher, and with the library no other client would get
   * its update. Hence the lock.
   */
  static final class Answers<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Conversation conversation;
    private @Nullable Status closedWith;

    Answers(ServerCall<Q, A> call, Conversation conversation) {
      super(call);
      this.conversation = conversation;
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (closedWith == null) {
        // Before it is sent: its ACK may come at once.
        conversation.sent(message);
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (closedWith == null) {
        closedWith = status;
        super.close(status, trailers);
      }
    }

    Conversation conversation() {
      return conversation;
    }

    /** The stream's end: the server's own status if it ended it, else what the client did. */
    void ended(Status byClient) {
      conversation.closed(closedWith(byClient));
    }

    private synchronized Status closedWith(Status otherwise) {
      return closedWith != null ? closedWith : otherwise;
    }
  }
}
