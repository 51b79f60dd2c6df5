package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.resource.ResourceType.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.HashSet;

/** A. What holds for every stream. */
final class BasicRows {
  private final Trial trial;

  BasicRows(Trial trial) {
    this.trial = trial;
  }

  @Row(1)
  void row1_everyNonceIsNewAndNotEmpty() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.ask(CLUSTER);

    var nonces = new HashSet<String>();
    for (int i = 2; i <= 101; i++) {
      assertThat(nonces.add(stream.acked(CLUSTER).getNonce())).isTrue();
      trial.set(cluster("a", i));
    }

    assertThat(nonces).doesNotContain("");
  }

  @Row(2)
  void row2_aNodeSaidOnceIsRememberedForTheStream() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.sayNodeOnce();
    stream.settled(CLUSTER);

    trial.set(cluster("a", 2), cluster("b", 2));

    assertThat(SotwStream.names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(4)
  void row4_aServiceOfOneTypeNeedsNoTypeUrl() throws Exception {
    trial.standard();
    var stream = trial.sotw(Service.CDS);

    stream.send(stream.request(CLUSTER).clearTypeUrl());

    assertThat(SotwStream.names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(5)
  void row5_adsRefusesARequestWithoutTypeUrl() throws Exception {
    trial.standard();
    var stream = trial.sotw();

    stream.send(stream.request(CLUSTER).clearTypeUrl());

    var end = stream.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("type_url");
  }
}
