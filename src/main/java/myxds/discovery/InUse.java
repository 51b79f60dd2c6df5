package myxds.discovery;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Marks a connection as in use when a call is opened on it, so that it is not closed as idle. */
record InUse(EventLoops threads) implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var connection = threads.connection(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    if (connection != null) {
      connection.used();
    }
    return next.startCall(call, headers);
  }
}
