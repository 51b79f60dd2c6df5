package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.time.Duration;

/** G. Time to live. */
final class TimeToLiveRows {
  private static final Duration TTL = Duration.ofSeconds(1);
  private static final String WRAPPED = "type.googleapis.com/envoy.service.discovery.v3.Resource";

  private final Trial trial;

  TimeToLiveRows(Trial trial) {
    this.trial = trial;
  }

  @Row(93)
  void row93_aTimeToLiveComesAndItsChangesDo() throws Exception {
    trial.deliver(Trial.mortal(cluster("a", 1), Duration.ofHours(1)));
    var stream = trial.delta();
    assertThat(stream.settled(CLUSTER).getResources(0).getTtl().getSeconds()).isEqualTo(3_600);

    trial.deliver(Trial.mortal(cluster("a", 1), Duration.ofHours(2)));
    assertThat(stream.acked(CLUSTER).getResources(0).getTtl().getSeconds()).isEqualTo(7_200);

    trial.deliver(Trial.plain(cluster("a", 1)));
    assertThat(stream.acked(CLUSTER).getResources(0).hasTtl()).isFalse();
  }

  @Row(94)
  void row94_onlyClientsThatKnowItGetResourcesWrapped() throws Exception {
    trial.deliver(Trial.mortal(cluster("a", 1), Duration.ofHours(1)));
    var plain = trial.sotw();
    assertThat(plain.settled(CLUSTER).getResources(0).getTypeUrl()).isEqualTo(CLUSTER.typeUrl());
    var knows = trial.sotw();
    knows.become(trial.node.toBuilder().addClientFeatures("xds.config.resource-in-sotw").build());

    var wrapped = knows.settled(CLUSTER).getResources(0);

    assertThat(wrapped.getTypeUrl()).isEqualTo(WRAPPED);
    assertThat(Resource.parseFrom(wrapped.getValue()).getTtl().getSeconds()).isEqualTo(3_600);
  }

  @Row(95)
  void row95_aClientThatDoesNotSayThatItKnowsItGetsNoHeartbeat() throws Exception {
    trial.deliver(Trial.mortal(cluster("a", 1), Duration.ofMillis(200)));
    var stream = trial.sotw(Service.CDS);
    stream.settled(CLUSTER);

    stream.silent();
  }

  @Row(96)
  void row96_aHeartbeatComesBeforeTheTimeIsOver() throws Exception {
    trial.deliver(Trial.mortal(cluster("a", 1), TTL));
    var stream = trial.delta();
    var first = stream.settled(CLUSTER).getResources(0);

    var beat = stream.acked(CLUSTER).getResources(0);

    assertThat(beat.getName()).isEqualTo("a");
    assertThat(beat.hasResource()).isFalse();
    assertThat(beat.getVersion()).isEqualTo(first.getVersion());
    assertThat(beat.getTtl().getSeconds()).isEqualTo(1);
  }

  @Row(97)
  void row97_aHeartbeatIsNoUpdateAndAChangeComesAfterIt() throws Exception {
    trial.deliver(Trial.mortal(cluster("a", 1), TTL));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    stream.acked(CLUSTER);

    trial.deliver(Trial.mortal(cluster("a", 2), TTL));

    var change = stream.acked(CLUSTER);
    assertThat(names(change)).containsExactly("a");
    assertThat(change.getResources(0).hasResource()).isTrue();
  }

  @Row(98)
  void row98_noHeartbeatComesWhileAResponseIsNotJudged() throws Exception {
    trial.deliver(Trial.mortal(cluster("a", 1), Duration.ofMillis(200)));
    var stream = trial.delta(Service.CDS);
    stream.subscribe(CLUSTER);
    stream.next(CLUSTER);

    stream.silent();
  }
}
