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
import myxds.port.Connections;
import myxds.port.Limits;
import myxds.port.Port;

/** A server on a free port, and a channel to it. Node ids are groups. */
final class GrpcFixture implements AutoCloseable {
  static final int MAX_REQUEST = 100_000;

  final Recorder recorder = new Recorder();
  final XdsServer server;
  final ManagedChannel channel;

  GrpcFixture() throws IOException {
    server = new XdsServer(options(), Node::getId, recorder);
    channel = channelTo(server.start());
  }

  /**
   * @param outboundBytes what may wait for all clients that do not read
   */
  GrpcFixture(long outboundBytes) throws IOException {
    var options = options();
    var delivery =
        new XdsServer.Delivery(options.delivery().rules(), outboundBytes, Duration.ofMillis(300));
    server =
        new XdsServer(
            new XdsServer.Options(
                options.address(),
                connections(),
                options.maxStreams(),
                options.keepaliveMin(),
                16 << 20,
                null,
                options.grace(),
                delivery),
            Node::getId,
            recorder);
    channel = channelTo(server.start());
  }

  static XdsServer.Options options() {
    return optionsAt(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  static XdsServer.Options optionsAt(InetSocketAddress address) {
    var rules = new Rules("test", false, false, Duration.ofSeconds(15), TestReferences.ofApi());
    return new XdsServer.Options(
        address,
        connections(),
        500,
        Duration.ofSeconds(10),
        MAX_REQUEST,
        null,
        Duration.ofMillis(200),
        new XdsServer.Delivery(rules, 64 << 20));
  }

  static Connections connections() {
    return new Connections(Port.GRPC, Limits.of(1_000), reason -> {});
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
