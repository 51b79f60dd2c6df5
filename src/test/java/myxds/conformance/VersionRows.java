package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.listener;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.route;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.LISTENER;
import static myxds.resource.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import java.util.List;

/** B. Versions, nonces, and when nothing is sent. */
final class VersionRows {
  private final Trial trial;

  VersionRows(Trial trial) {
    this.trial = trial;
  }

  @Row(14)
  void row14_theVersionOfATypeChangesOnlyWithItsResources() throws Exception {
    trial.set(state(endpoints("a", 1)));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    var before = stream.settled(ENDPOINT, "a");
    stream.settled(LISTENER);
    stream.settled(ROUTE, "a");

    trial.set(state(endpoints("a", 2)));

    assertThat(stream.acked(ENDPOINT).getVersionInfo()).isNotEqualTo(before.getVersionInfo());
    stream.silent();
  }

  @Row(15)
  void row15_theVersionOfATypeIsTheSameInAnotherJvm() throws Exception {
    try (var here = new Other(trial, "replica");
        var replica = trial.subject.replica();
        var there = new Other(replica)) {
      trial.subject.set("replica", Sample.standard());

      assertThat(here.sotw().getVersionInfo())
          .withFailMessage("the versions differ")
          .isEqualTo(there.sotw().getVersionInfo());
    }
  }

  @Row(15)
  void row15_theVersionOfAResourceIsTheSameInAnotherJvm() throws Exception {
    try (var here = new Other(trial, "replica");
        var replica = trial.subject.replica();
        var there = new Other(replica)) {
      trial.subject.set("replica", Sample.standard());

      assertThat(Sample.versions(here.delta()))
          .withFailMessage("the versions differ")
          .isEqualTo(Sample.versions(there.delta()));
    }
  }

  @Row(16)
  void row16_anAckIsFollowedBySilenceUntilSomethingChanges() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);

    stream.silent();
    trial.set(cluster("a", 2));
    stream.acked(CLUSTER);
    stream.silent();
  }

  @Row(21)
  void row21_aRequestWithAStaleNonceChangesNothing() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.sotw();
    var first = stream.settled(ENDPOINT, "a");
    trial.set(endpoints("a", 2), endpoints("b", 1));
    var second = stream.next(ENDPOINT);

    var stale = stream.request(ENDPOINT).addResourceNames("b");
    stream.send(stale.setResponseNonce(first.getNonce()));
    stream.silent();
    stream.ackAsking(second, "a");

    trial.set(endpoints("a", 3), endpoints("b", 2));
    assertThat(names(stream.next(ENDPOINT))).containsExactly("a");
  }

  @Row(22)
  void row22_anEmptyNonceAfterAResponseIsStale() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.sotw();
    stream.ask(ENDPOINT, "a");
    var first = stream.next(ENDPOINT);

    stream.send(stream.request(ENDPOINT).clearResponseNonce().addResourceNames("b"));

    stream.silent();
    stream.ackAsking(first, "a", "b");
    assertThat(names(stream.next(ENDPOINT))).contains("b");
  }

  @Row(23)
  void row23_nonceAndVersionOfAnOldStreamMeanNothingInAFirstRequest() throws Exception {
    trial.standard();
    var old = trial.sotw();
    var answer = old.settled(ENDPOINT, "a", "b");
    old.raw.cancel();
    var stream = trial.sotw();

    stream.send(
        stream
            .request(ENDPOINT)
            .addAllResourceNames(List.of("a", "b"))
            .setVersionInfo("of another day")
            .setResponseNonce(answer.getNonce()));

    assertThat(names(stream.next(ENDPOINT))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(24)
  void row24_ofSeveralRequestsBeforeAResponseOnlyTheLastCounts() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.ask(ENDPOINT, "a");
    stream.ask(ENDPOINT, "b");
    stream.rest().forEach(stream::ack);

    trial.set(endpoints("a", 1), endpoints("b", 1));

    assertThat(names(stream.acked(ENDPOINT))).containsExactly("b");
    stream.silent();
  }

  @Row(26)
  void row26_theSameRequestAgainIsNotAnswered() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a", "b");

    for (int i = 0; i < 3; i++) {
      stream.ask(CLUSTER);
    }

    stream.silent();
  }

  @Row(27)
  void row27_oneResponseIsOnItsWayAndWhatIsNewerIsPutTogether() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    trial.set(cluster("a", 2));
    var pending = stream.next(CLUSTER);

    for (int i = 3; i <= 100; i++) {
      trial.set(cluster("a", i));
    }
    stream.silent();
    stream.ack(pending);

    assertThat(stream.acked(CLUSTER).getResourcesList())
        .extracting(Sample::unpack)
        .isEqualTo(List.of(cluster("a", 100)));
    stream.silent();
  }

  private static List<Message> state(Message endpoints) {
    return List.of(cluster("a", 1), endpoints, listener("a", 1), route("a", "one"));
  }

  /** A client of the group that replicas serve, on this subject or on one. */
  private static final class Other implements AutoCloseable {
    private final ManagedChannel channel;
    private final Node node;

    Other(Trial trial, String group) {
      this.channel = Trial.channel(trial.subject.host(), trial.subject.port());
      this.node = Node.newBuilder().setId(group).build();
    }

    Other(Replica replica) {
      this.channel = Trial.channel("127.0.0.1", replica.port());
      this.node = Node.newBuilder().setId(replica.group()).build();
    }

    DiscoveryResponse sotw() throws Exception {
      var raw = RawStream.open(channel, Service.ADS.sotw());
      return new SotwStream(raw, node, () -> false).settled(CLUSTER);
    }

    DeltaDiscoveryResponse delta() throws Exception {
      var raw = RawStream.open(channel, Service.ADS.delta());
      return new DeltaStream(raw, node, () -> false).settled(CLUSTER);
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
