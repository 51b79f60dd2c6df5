package myxds.discovery.client;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceStub;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Questions and answers of one stream, in one dialect. */
final class Conversation<Q, A extends Message> {
  /** How streams end that may be opened again; with the others, a server says no. */
  private static final Set<Status.Code> LOST =
      EnumSet.of(
          Status.Code.OK, Status.Code.CANCELLED, Status.Code.UNAVAILABLE, Status.Code.UNKNOWN);

  private final Dialect<Q, A> dialect;
  private final Duration greeting;
  private final Heard<Q, A> heard;
  private final StreamObserver<Q> questions;

  private Conversation(
      Dialect<Q, A> dialect, Duration greeting, Heard<Q, A> heard, StreamObserver<Q> questions) {
    this.dialect = dialect;
    this.greeting = greeting;
    this.heard = heard;
    this.questions = questions;
  }

  /**
   * @param greeting how long the server may take to accept a connection and to greet
   */
  static <Q, A extends Message> Conversation<Q, A> begin(
      AggregatedDiscoveryServiceStub service, Dialect<Q, A> dialect, Duration greeting) {
    var heard = new Heard<Q, A>();
    var questions = dialect.open(service, heard);
    questions.onNext(dialect.question());
    return new Conversation<>(dialect, greeting, heard, questions);
  }

  A next() throws IOException, InterruptedException {
    if (!heard.anything(greeting)) {
      throw new SocketTimeoutException(
          "no gRPC server has greeted within %d ms".formatted(greeting.toMillis()));
    }
    return switch (heard.next()) {
      case Heard.Answer<A>(A answer) -> {
        questions.onNext(dialect.ack(answer));
        yield answer;
      }
      case Heard.End<A>(Status status) -> throw failure(status);
    };
  }

  boolean worked() {
    return heard.isConnected() && LOST.contains(heard.status().getCode());
  }

  void end() {
    questions.onCompleted();
  }

  private static IOException failure(Status status) {
    var cause = cause(status);
    return cause instanceof ConnectException
        ? new ConnectException(cause.getMessage())
        : new IOException(text(status, cause), cause);
  }

  private static Throwable cause(Status status) {
    Throwable cause = status.asException();
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String text(Status status, Throwable cause) {
    if (status.isOk()) {
      return "the server ended the stream";
    }
    var told = status.getDescription() == null ? "" : ": " + status.getDescription();
    var why = status.getCause() == null ? "" : " (" + cause.getMessage() + ")";
    return status.getCode() + told + why;
  }
}
