package myxds.discovery;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A server on a free port, and a channel to it. Node ids are groups. */
final class GrpcFixture implements AutoCloseable {
  static final int MAX_REQUEST = 100_000;
  static final XdsServer.Options OPTIONS =
      new XdsServer.Options(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          Duration.ofSeconds(10),
          MAX_REQUEST,
          Duration.ofMillis(200));

  final SimpleCache<String> cache = new SimpleCache<>(Node::getId);
  final Recorder recorder = new Recorder();
  final XdsServer server;
  final ManagedChannel channel;

  GrpcFixture() throws IOException {
    server = new XdsServer(OPTIONS, cache, recorder);
    channel = channelTo(server.start());
  }

  static ManagedChannel channelTo(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
