package myxds.bench;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import myxds.discovery.DiscoveryObserver;
import myxds.discovery.XdsServer;
import myxds.discovery.engine.References;
import myxds.discovery.engine.Rules;
import myxds.gate.ConfigReferences;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/** This project's server, as the daemon runs it, without files. */
final class OursServer implements Subject {
  private static final Origin NO_FILE = Origin.of("bench");
  private static final int REQUEST_BYTES = 64 << 20;

  private final XdsServer server =
      new XdsServer(
          new XdsServer.Options(
              new InetSocketAddress("127.0.0.1", 0),
              Duration.ofSeconds(10),
              REQUEST_BYTES,
              null,
              Duration.ofSeconds(1),
              new XdsServer.Delivery(
                  new Rules(
                      "bench",
                      false,
                      false,
                      Duration.ofSeconds(15),
                      new References(new ConfigReferences(Schema.ofApi())::of)),
                  Runtime.getRuntime().maxMemory() / 4)),
          node -> "all",
          new DiscoveryObserver() {});

  private @Nullable GroupSnapshot last;

  @Override
  public int start() throws IOException {
    return server.start();
  }

  @Override
  public void set(List<Cluster> clusters, String version) {
    last = GroupSnapshot.of(clusters.stream().map(OursServer::one).toList(), last);
    server.publish("all", last);
  }

  private static Resource one(Cluster cluster) {
    return new Resource(new ResourceId(ResourceType.CLUSTER, cluster.getName()), cluster, NO_FILE);
  }

  public static void main(String[] arguments) throws Exception {
    Subject.run(OursServer::new, Integer.parseInt(arguments[0]));
  }
}
