package myxds.bench;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** java-control-plane as its README starts it. */
final class StockServer implements Subject {
  private final SimpleCache<String> cache = new SimpleCache<>(node -> "all");
  private final Server server =
      NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
          .addService(new V3DiscoveryServer(cache).getAggregatedDiscoveryServiceImpl())
          .build();

  @Override
  public int start() throws IOException {
    return server.start().getPort();
  }

  @Override
  public void set(List<Cluster> clusters, String version) {
    cache.setSnapshot(
        "all", Snapshot.create(clusters, List.of(), List.of(), List.of(), List.of(), version));
  }

  public static void main(String[] arguments) throws Exception {
    Subject.run(StockServer::new, Integer.parseInt(arguments[0]));
  }
}
