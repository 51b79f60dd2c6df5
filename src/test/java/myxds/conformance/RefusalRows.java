package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import myxds.conformance.Subject.Nack;

/** B. What follows a NACK, and answers that look like one. */
final class RefusalRows {
  private final Trial trial;

  RefusalRows(Trial trial) {
    this.trial = trial;
  }

  @Row(17)
  void row17_aRefusedFirstVersionIsNotSentAgain() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.ask(CLUSTER);

    stream.nack(stream.next(CLUSTER), "no");

    stream.silent();
  }

  @Row(17)
  void row17_aRefusedUpdateIsNotSentAgain() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    trial.set(cluster("a", 2));

    stream.nack(stream.next(CLUSTER), "no");

    stream.silent();
  }

  @Row(18)
  void row18_aNackThatCarriesTheSameVersionIsNotAnswered() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(ENDPOINT, "a");
    stream.ask(ENDPOINT, "a", "b");

    stream.nack(stream.next(ENDPOINT), "b is wrong");

    stream.silent();
  }

  @Row(19)
  void row19_aNewVersionFollowsANackAtOnce() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.ask(CLUSTER);
    stream.nack(stream.next(CLUSTER), "no");

    trial.set(cluster("b", 1));

    var response = stream.next(CLUSTER);
    for (int i = 0; i < 10 && names(response).contains("a"); i++) {
      // That it comes again is row 17's matter.
      stream.nack(response, "still no");
      response = stream.next(CLUSTER);
    }
    assertThat(names(response)).containsExactly("b");
    stream.ack(response);
    stream.silent();
  }

  @Row(20)
  void row20_aNackThatAsksForMoreIsAnsweredWithThatOnly() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.ask(ENDPOINT, "a");

    stream.nackAsking(stream.next(ENDPOINT), "a", "b");

    assertThat(names(stream.acked(ENDPOINT))).containsExactly("b");
    stream.silent();
  }

  @Row(25)
  void row25_anOldVersionUnderTheNewestNonceIsAnsweredOnceAtMost() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.sotw();
    stream.settled(ENDPOINT, "a", "b");
    trial.set(endpoints("a", 2), endpoints("b", 1));
    stream.next(ENDPOINT);

    int answers = 0;
    for (int i = 0; i < 3; i++) {
      stream.ask(ENDPOINT);
      answers += stream.rest().size();
    }

    assertThat(answers).isLessThanOrEqualTo(1);
  }

  @Row(28)
  void row28_anEmptyResponseThatIsNeverAckedBlocksNothing() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.sotw(Service.CDS);
    stream.settled(CLUSTER, "a");
    trial.set(cluster("b", 1));
    assertThat(names(stream.next(CLUSTER))).isEmpty();

    stream.ask(CLUSTER, "b");

    assertThat(names(stream.acked(CLUSTER))).containsExactly("b");
    stream.silent();
  }

  @Row(28)
  void row28_aTypeThatWasLeftCanBeAskedForAgain() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(ENDPOINT, "a");
    stream.ask(ENDPOINT);
    assertThat(stream.rest()).allSatisfy(frame -> assertThat(names(frame)).isEmpty());

    stream.ask(ENDPOINT, "b");

    assertThat(names(stream.acked(ENDPOINT))).contains("b");
  }

  @Row(29)
  void row29_theOperatorIsToldWhatWasRefusedAndWhy() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.ask(CLUSTER);
    var response = stream.next(CLUSTER);

    stream.nack(response, "cluster a is wrong");

    var id = trial.node.getId();
    var refusal = new Nack(id, CLUSTER, response.getVersionInfo(), "cluster a is wrong");
    await().untilAsserted(() -> assertThat(trial.subject.nacks(id)).containsExactly(refusal));
  }
}
