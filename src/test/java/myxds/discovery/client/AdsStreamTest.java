package myxds.discovery.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that does what the test says, and against what is no such server. */
final class AdsStreamTest {
  private static final Node NODE = Node.newBuilder().setId("edge").build();
  private static final String TYPE = ResourceType.CLUSTER.typeUrl();

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private Consumer<StreamObserver<DiscoveryResponse>> asked = answers -> {};
  private Server server = NettyServerBuilder.forPort(0).build();

  @BeforeEach
  void start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = NettyServerBuilder.forAddress(address).addService(new Script()).build().start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void asksAsANodeAndTakesWhatItGets() throws Exception {
    asked =
        answers -> {
          answers.onNext(response("v1", "n1"));
          answers.onNext(response("v2", "n2"));
        };
    var question = DiscoveryRequest.newBuilder().setTypeUrl(TYPE).addResourceNames("a");

    try (var stream = sotw("a")) {
      assertThat(stream.next()).isEqualTo(response("v1", "n1"));
      assertThat(hear()).isEqualTo(question.clone().setNode(NODE).build());
      assertThat(hear())
          .isEqualTo(question.clone().setVersionInfo("v1").setResponseNonce("n1").build());
      assertThat(stream.next()).isEqualTo(response("v2", "n2"));
    }

    assertThat(hear())
        .isEqualTo(question.clone().setVersionInfo("v2").setResponseNonce("n2").build());
    assertThat(hear()).isEqualTo("the end");
  }

  @Test
  void asksForChangesOnly() throws Exception {
    var type = DeltaDiscoveryRequest.newBuilder().setTypeUrl(TYPE);

    try (var stream = AdsStream.delta(address(), NODE, ResourceType.CLUSTER, List.of("a"))) {
      assertThat(stream.next()).isEqualTo(Script.DELTA);
      assertThat(hear())
          .isEqualTo(type.clone().setNode(NODE).addResourceNamesSubscribe("a").build());
      assertThat(hear()).isEqualTo(type.clone().setResponseNonce("n1").build());
    }
  }

  @Test
  void takesAResponseOfAnySize() throws Exception {
    var content = Any.newBuilder().setValue(ByteString.copyFrom(new byte[5 << 20]));
    var large = response("v1", "n1").toBuilder().addResources(content).build();
    asked = answers -> answers.onNext(large);

    try (var stream = sotw()) {
      assertThat(stream.next().getSerializedSize()).isEqualTo(large.getSerializedSize());
    }
  }

  @Test
  void hasWorkedWhenAServerGoes() throws Exception {
    asked = answers -> answers.onNext(response("v1", "n1"));

    try (var stream = sotw()) {
      stream.next();
      server.shutdownNow();

      assertThatThrownBy(stream::next).isInstanceOf(IOException.class);
      assertThatThrownBy(stream::next).isInstanceOf(IOException.class);
      assertThat(stream.worked()).isTrue();
    }
  }

  @Test
  void hasWorkedWhenAServerEndsTheStreamWithoutAnAnswer() {
    asked = StreamObserver::onCompleted;

    try (var stream = sotw()) {
      assertThatThrownBy(stream::next).hasMessage("the server ended the stream");
      assertThat(stream.worked()).isTrue();
    }
  }

  @Test
  void hasNotWorkedWhenAServerSaysNo() {
    asked =
        answers ->
            answers.onError(
                Status.INVALID_ARGUMENT.withDescription("no such node").asRuntimeException());

    try (var stream = sotw()) {
      assertThatThrownBy(stream::next).hasMessage("INVALID_ARGUMENT: no such node");
      assertThat(stream.worked()).isFalse();
    }
  }

  @Test
  void hasNotWorkedWhereNobodyListens() throws Exception {
    var address = address();
    server.shutdownNow().awaitTermination();

    try (var stream = AdsStream.sotw(address, NODE, ResourceType.CLUSTER, List.of())) {
      assertThatThrownBy(stream::next).isInstanceOf(ConnectException.class);
      assertThat(stream.worked()).isFalse();
    }
  }

  @Test
  void doesNotWaitForEverForAGreeting() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = (InetSocketAddress) silent.getLocalSocketAddress();
      var dialect = new Dialect.Sotw(NODE, ResourceType.CLUSTER, List.of());

      try (var stream = AdsStream.open(address, dialect, Duration.ofMillis(300))) {
        assertThatThrownBy(stream::next)
            .isInstanceOf(SocketTimeoutException.class)
            .hasMessage("no gRPC server has greeted within 300 ms");
        assertThat(stream.worked()).isFalse();
      }
    }
  }

  @Test
  void mayBeClosedTwice() {
    var stream = sotw();

    stream.close();
    stream.close();

    assertThatThrownBy(stream::next).isInstanceOf(IOException.class);
  }

  private AdsStream sotw(String... names) {
    return AdsStream.sotw(address(), NODE, ResourceType.CLUSTER, List.of(names));
  }

  private InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", server.getPort());
  }

  private Object hear() throws InterruptedException {
    return Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "nothing was sent");
  }

  private static DiscoveryResponse response(String version, String nonce) {
    return DiscoveryResponse.newBuilder()
        .setTypeUrl(TYPE)
        .setVersionInfo(version)
        .setNonce(nonce)
        .build();
  }

  /** Does at the first request what the test says. */
  private final class Script extends AggregatedDiscoveryServiceImplBase {
    static final DeltaDiscoveryResponse DELTA =
        DeltaDiscoveryResponse.newBuilder().setTypeUrl(TYPE).setNonce("n1").build();

    @Override
    public StreamObserver<DiscoveryRequest> streamAggregatedResources(
        StreamObserver<DiscoveryResponse> answers) {
      return new Ear<>(() -> asked.accept(answers), answers);
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
        StreamObserver<DeltaDiscoveryResponse> answers) {
      return new Ear<>(() -> answers.onNext(DELTA), answers);
    }
  }

  private final class Ear<Q> implements StreamObserver<Q> {
    private final Runnable first;
    private final StreamObserver<?> answers;
    private boolean begun;

    Ear(Runnable first, StreamObserver<?> answers) {
      this.first = first;
      this.answers = answers;
    }

    @Override
    public void onNext(Q request) {
      heard.add(request);
      if (!begun) {
        begun = true;
        first.run();
      }
    }

    @Override
    public void onError(Throwable error) {
      heard.add(error);
    }

    @Override
    public void onCompleted() {
      heard.add("the end");
      answers.onCompleted();
    }
  }
}
