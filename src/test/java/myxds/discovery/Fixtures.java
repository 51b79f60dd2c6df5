package myxds.discovery;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.Arrays;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;

/** What the tests of this room serve and who asks. */
final class Fixtures {
  static final Node NODE = Node.newBuilder().setId("node1").setCluster("demo").build();

  private Fixtures() {}

  /** A snapshot of these clusters; the timeout is what an edit changes. */
  static GroupSnapshot clusters(int timeoutSeconds, String... names) {
    return GroupSnapshot.of(
        Arrays.stream(names).map(name -> cluster(name, timeoutSeconds)).toList());
  }

  static Resource cluster(String name, int timeoutSeconds) {
    var message =
        Cluster.newBuilder()
            .setName(name)
            .setConnectTimeout(Durations.fromSeconds(timeoutSeconds))
            .build();
    return new Resource(new ResourceId(ResourceType.CLUSTER, name), message, Origin.of("a.yaml"));
  }

  static Resource listener(String name) {
    var message = Listener.newBuilder().setName(name).build();
    return new Resource(new ResourceId(ResourceType.LISTENER, name), message, Origin.of("a.yaml"));
  }
}
