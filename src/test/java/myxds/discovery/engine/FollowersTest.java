package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;

final class FollowersTest {

  @Test
  void sendsTheSecretWithoutWaitingForTheListenersAck() {
    var told = new Told();
    told.serve(Told.listener("l", "a", 1), Told.secret("secret-a"));
    told.delta(ResourceType.LISTENER, DeltaDiscoveryRequest.newBuilder());
    told.delta(ResourceType.LISTENER);
    subscribe(told, ResourceType.SECRET, "secret-a");

    told.serve(Told.listener("l", "a", 2), Told.secret("secret-a"));

    assertThat(told.wire.sent)
        .extracting(Response::type)
        .containsExactly(ResourceType.LISTENER, ResourceType.SECRET);
  }

  @Test
  void sendsASecretThatIsClaimedOnlyAfterItsNewListenerWasSent() {
    var told = new Told();
    told.serve(Told.listener("l", "a", 1), Told.secret("secret-a"));
    var held = subscribe(told, ResourceType.SECRET, "secret-a").getVersion();
    var back = told.again();

    back.delta(ResourceType.LISTENER, DeltaDiscoveryRequest.newBuilder());
    back.delta(ResourceType.LISTENER);
    back.delta(
        ResourceType.SECRET,
        DeltaDiscoveryRequest.newBuilder()
            .addResourceNamesSubscribe("secret-a")
            .putInitialResourceVersions("secret-a", held));

    assertThat(back.delta(ResourceType.SECRET).getResourcesList())
        .extracting(Resource::getName)
        .containsExactly("secret-a");
    assertThat(back.wire.sent).isEmpty();
  }

  @Test
  void sendsAFilterOfAClusterThatIsNotAckedYetThoughItNamesANewOne() {
    var told = new Told();
    told.serve(Told.filteredCluster("blue", "a", 1), Told.filter("filter-a", "blue"));
    told.delta(ResourceType.CLUSTER, DeltaDiscoveryRequest.newBuilder());
    told.delta(ResourceType.CLUSTER);
    subscribe(told, ResourceType.EXTENSION_CONFIG, "filter-a");

    told.serve(
        Told.filteredCluster("blue", "a", 2),
        Told.cluster("green", "1"),
        Told.filter("filter-a", "green"));

    assertThat(told.wire.sent)
        .extracting(Response::type)
        .containsExactly(ResourceType.CLUSTER, ResourceType.EXTENSION_CONFIG);
  }

  @Test
  void isNotSettledBeforeTheSecretWasSentAgain() {
    var told = new Told();
    told.serve(Told.listener("l", "a", 1), Told.secret("secret-a"));
    told.delta(ResourceType.LISTENER, DeltaDiscoveryRequest.newBuilder());
    told.delta(ResourceType.LISTENER);
    subscribe(told, ResourceType.SECRET, "secret-a");
    told.wire.ready = false;
    told.serve(Told.listener("l", "a", 2), Told.secret("secret-a"));

    told.wire.ready = true;
    told.stream.pump();

    assertThat(told.wire.standing(ResourceType.SECRET).settled()).isFalse();
    told.delta(ResourceType.LISTENER);
    told.delta(ResourceType.SECRET);
    assertThat(told.wire.standing(ResourceType.SECRET).settled()).isTrue();
  }

  /** What came. */
  private static Resource subscribe(Told told, ResourceType type, String name) {
    told.delta(type, DeltaDiscoveryRequest.newBuilder().addResourceNamesSubscribe(name));
    return told.delta(type).getResources(0);
  }
}
