package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import java.util.ArrayList;
import java.util.List;
import myxds.resource.Resource;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Routes to clusters that the client ACKs before it requests their endpoints. */
final class UnservedClustersTest {
  private final Told told = new Told();

  @Test
  void holdTheRouteNoLongerThanThePatience() {
    told.serve(state("blue"));
    settle(ResourceType.CLUSTER);
    settle(ResourceType.ENDPOINT, "blue");
    settle(ResourceType.ROUTE, "main");
    told.serve(state("green", "blue"));
    ack(ResourceType.CLUSTER);
    assertThat(told.wire.sent).isEmpty();

    told.wire.elapse();

    assertThat(told.wire.events).contains("expired routes");
    assertThat(sent()).containsExactly(ResourceType.ROUTE);
  }

  @Test
  void holdTheRouteOfAClientThatWantsAllClustersUntilItRequestsEndpoints() {
    told.serve(state("blue"));
    settle(ResourceType.CLUSTER);
    settle(ResourceType.ROUTE, "main");
    told.serve(state("green", "blue"));
    ack(ResourceType.CLUSTER);
    assertThat(told.wire.sent).isEmpty();

    settle(ResourceType.ENDPOINT, "blue", "green");

    assertThat(sent()).containsExactly(ResourceType.ROUTE);
  }

  @Test
  void holdTheRouteOnceForAClientThatNeverRequestsEndpoints() {
    told.serve(state("blue"));
    settle(ResourceType.CLUSTER);
    settle(ResourceType.ROUTE, "main");
    told.serve(state("green", "blue"));
    ack(ResourceType.CLUSTER);
    told.wire.elapse();
    ack(ResourceType.ROUTE, "main");

    told.serve(state("red", "green", "blue"));
    ack(ResourceType.CLUSTER);

    assertThat(sent()).containsExactly(ResourceType.ROUTE);
  }

  @Test
  void doNotHoldTheRouteOfAClientThatNamesClustersAndNeverRequestsEndpoints() {
    told.serve(state("blue"));
    settle(ResourceType.CLUSTER, "blue", "green");
    settle(ResourceType.ROUTE, "main");

    told.serve(state("green", "blue"));
    ack(ResourceType.CLUSTER, "blue", "green");

    assertThat(sent()).containsExactly(ResourceType.ROUTE);
  }

  /** Clusters with endpoints, and a route to the first. */
  private static Resource[] state(String... clusters) {
    var resources = new ArrayList<Resource>();
    resources.add(Told.route("main", clusters[0]));
    for (var cluster : clusters) {
      resources.add(Told.cluster(cluster, "1"));
      resources.add(Told.endpoints(cluster));
    }
    return resources.toArray(Resource[]::new);
  }

  private List<ResourceType> sent() {
    return told.wire.sent.stream().map(Response::type).toList();
  }

  private void settle(ResourceType type, String... names) {
    told.sotw(type, DiscoveryRequest.newBuilder().addAllResourceNames(List.of(names)));
    ack(type, names);
  }

  private void ack(ResourceType type, String... names) {
    var response = told.sotw(type);
    told.sotw(
        type,
        DiscoveryRequest.newBuilder()
            .addAllResourceNames(List.of(names))
            .setResponseNonce(response.getNonce())
            .setVersionInfo(response.getVersionInfo()));
  }
}
