package myxds.discovery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.time.Duration;
import java.util.List;
import myxds.TestReferences;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** What no row of the conformance suite shows as plainly as a stream in memory does. */
final class ClientStreamTest {
  private static final Duration TTL = Duration.ofSeconds(2);

  @Test
  void beatsForWhatHasATimeToLive() throws Exception {
    var told = new Told();
    told.serve(Told.mortal(Told.cluster("a", "1"), TTL), Told.cluster("b", "1"));
    told.delta(ResourceType.CLUSTER, DeltaDiscoveryRequest.newBuilder());
    var first = told.delta(ResourceType.CLUSTER);

    told.wire.elapse();

    var beat = told.delta(ResourceType.CLUSTER);
    assertThat(first.getResourcesList()).allMatch(Resource::hasResource);
    assertThat(beat.getResourcesList()).extracting(Resource::getName).containsExactly("a");
    assertThat(beat.getResources(0).hasResource()).isFalse();
    assertThat(beat.getResources(0).getTtl().getSeconds()).isEqualTo(2);
    assertThat(beat.getResources(0).getVersion())
        .isEqualTo(
            first.getResourcesList().stream()
                .filter(one -> one.getName().equals("a"))
                .findFirst()
                .orElseThrow()
                .getVersion());
  }

  @Test
  void beatsNotWhileAResponseWaitsForItsJudgement() {
    var told = new Told();
    told.serve(Told.mortal(Told.cluster("a", "1"), TTL));
    told.sotw(ResourceType.CLUSTER, DiscoveryRequest.newBuilder());
    told.stream.knows(List.of("xds.config.resource-in-sotw"));
    told.sotw(ResourceType.CLUSTER);

    told.wire.elapse();

    assertThat(told.wire.sent).isEmpty();
  }

  @Test
  void sendsAResourceAgainWhenItsTimeToLiveGoes() {
    var told = new Told();
    told.serve(Told.mortal(Told.cluster("a", "1"), TTL));
    told.delta(ResourceType.CLUSTER, DeltaDiscoveryRequest.newBuilder());
    told.delta(ResourceType.CLUSTER);

    told.serve(Told.cluster("a", "1"));

    var again = told.delta(ResourceType.CLUSTER);
    assertThat(again.getResources(0).hasResource()).isTrue();
    assertThat(again.getResources(0).hasTtl()).isFalse();
    told.wire.elapse();
    assertThat(told.wire.sent).isEmpty();
  }

  @Test
  void answersAHostByItsDomainAndAnUnknownOneWithoutContent() {
    var told = new Told();
    told.serve(Told.host("main", "shop", "shop.example"));

    told.delta(
        ResourceType.VIRTUAL_HOST,
        DeltaDiscoveryRequest.newBuilder()
            .addResourceNamesSubscribe("main/shop.example")
            .addResourceNamesSubscribe("main/nobody.example"));

    var answer = told.delta(ResourceType.VIRTUAL_HOST);
    assertThat(answer.getResourcesList())
        .extracting(Resource::getName)
        .containsExactly("main/shop", "main/nobody.example");
    assertThat(answer.getResources(0).getAliasesList()).containsExactly("main/shop.example");
    assertThat(answer.getResources(1).hasResource()).isFalse();
    assertThat(answer.getResources(1).getAliasesList()).containsExactly("main/nobody.example");
  }

  @Test
  void goesOnWithoutAnAckWhenItsPatienceEnds() {
    var told = new Told();
    told.serve(Told.cluster("blue", "1"), Told.route("main", "blue"));
    told.delta(ResourceType.CLUSTER, DeltaDiscoveryRequest.newBuilder());
    told.delta(
        ResourceType.ROUTE, DeltaDiscoveryRequest.newBuilder().addResourceNamesSubscribe("main"));
    told.delta(ResourceType.CLUSTER);
    told.delta(ResourceType.ROUTE);
    told.serve(Told.cluster("green", "1"), Told.route("main", "green"));
    assertThat(told.wire.sent).extracting(Response::type).containsExactly(ResourceType.CLUSTER);

    told.wire.elapse();

    assertThat(told.wire.sent)
        .extracting(Response::type)
        .containsExactly(ResourceType.CLUSTER, ResourceType.ROUTE);
    assertThat(told.wire.events).contains("expired routes");
  }

  @Test
  void waitsForWhatWasRefusedHoweverLong() {
    var told = new Told();
    told.serve(Told.cluster("blue", "1"), Told.route("main", "blue"));
    told.sotw(ResourceType.CLUSTER, DiscoveryRequest.newBuilder());
    told.sotw(ResourceType.ROUTE, DiscoveryRequest.newBuilder());
    ack(told, ResourceType.CLUSTER);
    ack(told, ResourceType.ROUTE);
    told.serve(Told.cluster("green", "1"), Told.route("main", "green"));
    var offered = told.sotw(ResourceType.CLUSTER);

    told.sotw(
        ResourceType.CLUSTER,
        DiscoveryRequest.newBuilder()
            .setResponseNonce(offered.getNonce())
            .setErrorDetail(Status.newBuilder().setMessage("not green")));
    told.wire.elapse();

    assertThat(told.wire.sent).isEmpty();
    told.serve(Told.cluster("green", "2"), Told.route("main", "green"));
    ack(told, ResourceType.CLUSTER);
    ack(told, ResourceType.ROUTE);
  }

  @Test
  void tellsMissingResourcesAsErrorsToThoseWhoWantThem() {
    var told =
        new Told(new Rules("test", true, false, Duration.ofSeconds(15), TestReferences.ofApi()));
    told.serve(Told.cluster("a", "1"));

    told.delta(
        ResourceType.ENDPOINT, DeltaDiscoveryRequest.newBuilder().addResourceNamesSubscribe("x"));

    var answer = told.delta(ResourceType.ENDPOINT);
    assertThat(answer.getRemovedResourcesList()).isEmpty();
    assertThat(answer.getResourceErrors(0).getResourceName().getName()).isEqualTo("x");
    assertThat(answer.getResourceErrors(0).getErrorDetail().getCode())
        .isEqualTo(Code.NOT_FOUND_VALUE);
  }

  @Test
  void inventsAnEmptyAssignmentOnlyWhenToldTo() {
    var told =
        new Told(new Rules("test", false, true, Duration.ofSeconds(15), TestReferences.ofApi()));
    told.serve(Told.cluster("a", "1"));

    told.sotw(ResourceType.ENDPOINT, DiscoveryRequest.newBuilder().addResourceNames("a"));

    assertThat(told.sotw(ResourceType.ENDPOINT).getResourcesCount()).isEqualTo(1);
  }

  @Test
  void letsGoOfAClusterLaterWhereNothingElseIsAskedFor() {
    var told = new Told();
    told.serve(Told.cluster("blue", "1"), Told.route("main", "blue"));
    told.delta(ResourceType.CLUSTER, DeltaDiscoveryRequest.newBuilder());
    told.delta(ResourceType.CLUSTER);

    told.serve(Told.cluster("green", "1"), Told.route("main", "green"));

    assertThat(told.delta(ResourceType.CLUSTER).getRemovedResourcesList()).isEmpty();
    told.wire.elapse();
    assertThat(told.delta(ResourceType.CLUSTER).getRemovedResourcesList()).containsExactly("blue");
    assertThat(told.wire.events).contains("released clusters");
  }

  @Test
  void sendsTheEndpointsOfAChangedClusterAfterIt() {
    var told = new Told();
    told.serve(Told.cluster("a", "1"), Told.endpoints("a"));
    told.delta(ResourceType.CLUSTER, DeltaDiscoveryRequest.newBuilder());
    told.delta(
        ResourceType.ENDPOINT, DeltaDiscoveryRequest.newBuilder().addResourceNamesSubscribe("a"));
    told.delta(ResourceType.CLUSTER);
    told.delta(ResourceType.ENDPOINT);

    told.serve(Told.cluster("a", "2"), Told.endpoints("a"));

    told.delta(ResourceType.CLUSTER);
    assertThat(told.delta(ResourceType.ENDPOINT).getResourcesCount()).isEqualTo(1);
    assertThat(told.wire.sent).isEmpty();
  }

  private static void ack(Told told, ResourceType type) {
    var response = told.sotw(type);
    told.sotw(
        type,
        DiscoveryRequest.newBuilder()
            .setResponseNonce(response.getNonce())
            .setVersionInfo(response.getVersionInfo()));
  }
}
