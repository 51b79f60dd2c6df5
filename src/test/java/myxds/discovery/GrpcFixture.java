package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import myxds.TestReferences;
import myxds.discovery.engine.Rules;

/** A server on a free port, and a channel to it. Node ids are groups. */
final class GrpcFixture implements AutoCloseable {
  static final int MAX_REQUEST = 100_000;
  static final XdsServer.Options OPTIONS =
      optionsAt(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  final Recorder recorder = new Recorder();
  final XdsServer server;
  final ManagedChannel channel;

  GrpcFixture() throws IOException {
    server = new XdsServer(OPTIONS, Node::getId, recorder);
    channel = channelTo(server.start());
  }

  /**
   * @param outboundBytes what may wait for all clients that do not read
   */
  GrpcFixture(long outboundBytes) throws IOException {
    var delivery =
        new XdsServer.Delivery(OPTIONS.delivery().rules(), outboundBytes, Duration.ofMillis(300));
    server =
        new XdsServer(
            new XdsServer.Options(
                OPTIONS.address(),
                OPTIONS.keepaliveMin(),
                16 << 20,
                null,
                OPTIONS.grace(),
                delivery),
            Node::getId,
            recorder);
    channel = channelTo(server.start());
  }

  static XdsServer.Options optionsAt(InetSocketAddress address) {
    var rules = new Rules("test", false, false, Duration.ofSeconds(15), TestReferences.ofApi());
    return new XdsServer.Options(
        address,
        Duration.ofSeconds(10),
        MAX_REQUEST,
        null,
        Duration.ofMillis(200),
        new XdsServer.Delivery(rules, 64 << 20));
  }

  static ManagedChannel channelTo(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /** One whose client takes so many bytes before it reads any. */
  static ManagedChannel channelTo(int port, int window) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .flowControlWindow(window)
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
