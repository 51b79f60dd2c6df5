package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.Status;
import java.util.List;
import myxds.resource.ResourceType;

/** A. Who asks, and how streams end. */
final class NodeRows {
  private static final int HOSTILE_BYTES = 5 * 1024 * 1024;

  private final Trial trial;

  NodeRows(Trial trial) {
    this.trial = trial;
  }

  @Row(2)
  void row2_aNodeSaidOnceIsRememberedForTheStream() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.sayNodeOnce();
    stream.settled(CLUSTER);

    trial.set(cluster("a", 2), cluster("b", 2));

    assertThat(names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(2)
  void row2_aNodeSaidOnceIsRememberedInDeltaToo() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.delta();
    stream.sayNodeOnce();
    stream.settled(CLUSTER);

    trial.set(cluster("a", 2));

    assertThat(names(stream.next(CLUSTER))).containsExactly("a");
  }

  @Row(3)
  void row3_aNodeSaidAgainWithOtherMetadataGoesOn() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.ask(CLUSTER);
    var first = stream.next(CLUSTER);
    stream.become(trial.node.toBuilder().setMetadata(metadata("zone", "x")).build());
    stream.ack(first);

    trial.set(cluster("a", 2), cluster("b", 2));

    assertThat(names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(3)
  void row3_aNodeThatIsNowInAnotherGroupIsServedThatOne() throws Exception {
    var other = trial.node.getId() + "-other";
    trial.set(cluster("a", 1));
    trial.subject.set(other, Sample.withBarriers(List.of(cluster("b", 1))));
    var stream = trial.sotw();
    stream.ask(CLUSTER);
    var first = stream.next(CLUSTER);

    stream.become(trial.node.toBuilder().setMetadata(metadata("group", other)).build());
    stream.ack(first);

    assertThat(names(stream.next(CLUSTER))).containsExactly("b");
  }

  @Row(3)
  void row3_anotherNodeIdEndsTheStreamAndNamesBoth() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.ask(CLUSTER);
    var first = stream.next(CLUSTER);

    stream.become(Node.newBuilder().setId("somebody-else").build());
    stream.ack(first);

    var end = stream.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains(trial.node.getId(), "somebody-else");
  }

  @Row(9)
  void row9_aHalfClosedStreamEndsWell() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(CLUSTER);

    stream.raw.halfClose();

    assertThat(stream.end().getCode()).isEqualTo(Status.Code.OK);
  }

  @Row(9)
  void row9_nothingIsKeptOfStreamsThatWereCancelled() throws Exception {
    trial.standard();
    for (int i = 0; i < 100; i++) {
      opened().raw.cancel();
    }

    await().untilAsserted(() -> assertThat(trial.subject.held(trial.node.getId())).isZero());
  }

  @Row(9)
  void row9_nothingIsKeptOfStreamsThatWereHalfClosed() throws Exception {
    trial.standard();
    for (int i = 0; i < 100; i++) {
      var stream = opened();
      stream.raw.halfClose();
      stream.end();
    }

    await().untilAsserted(() -> assertThat(trial.subject.held(trial.node.getId())).isZero());
  }

  @Row(9)
  void row9_nothingIsKeptOfStreamsThatEndedByAnError() throws Exception {
    trial.standard();
    for (int i = 0; i < 100; i++) {
      var stream = opened();
      stream.ask(ResourceType.of("type.googleapis.com/example.Foreign"), "x");
      stream.send(DiscoveryRequest.newBuilder());
      stream.end();
    }

    await().untilAsserted(() -> assertThat(trial.subject.held(trial.node.getId())).isZero());
  }

  @Row(13)
  void row13_garbageEndsOnlyItsOwnStreamAndIsCalledSo() throws Exception {
    trial.set(cluster("a", 1));
    var witness = trial.sotw();
    witness.settled(CLUSTER);
    var hostile = trial.bytes();

    hostile.send(new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3});

    assertThat(hostile.end().getCode()).isIn(Status.Code.INVALID_ARGUMENT, Status.Code.INTERNAL);
    trial.set(cluster("a", 2));
    assertThat(names(witness.next(CLUSTER))).containsExactly("a");
  }

  @Row(13)
  void row13_aRequestThatIsTooLargeEndsOnlyItsOwnStreamAndIsCalledSo() throws Exception {
    trial.set(cluster("a", 1));
    var witness = trial.sotw();
    witness.settled(CLUSTER);
    for (int i = 0; i < 5; i++) {
      var hostile = trial.bytes();

      hostile.send(new byte[HOSTILE_BYTES]);

      assertThat(hostile.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
    trial.set(cluster("a", 2));
    assertThat(names(witness.next(CLUSTER))).containsExactly("a");
  }

  /** A stream that has asked for two types, one of which it acknowledged. */
  private SotwStream opened() throws Exception {
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.ask(ResourceType.LISTENER);
    stream.next(ResourceType.LISTENER);
    return stream;
  }

  private static Struct metadata(String key, String value) {
    return Struct.newBuilder()
        .putFields(key, Value.newBuilder().setStringValue(value).build())
        .build();
  }
}
