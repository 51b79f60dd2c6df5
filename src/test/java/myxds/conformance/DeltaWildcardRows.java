package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

/** E. Delta: everything, and no longer everything. */
final class DeltaWildcardRows {
  private final Trial trial;

  DeltaWildcardRows(Trial trial) {
    this.trial = trial;
  }

  @Row(52)
  void row52_theFirstWildcardIsAnsweredThoughThereIsNothing() throws Exception {
    trial.set();
    var stream = trial.delta();

    var answer = stream.settled(CLUSTER);

    assertThat(names(answer)).isEmpty();
    assertThat(answer.getRemovedResourcesList()).isEmpty();
    stream.silent();
  }

  @Row(62)
  void row62_aNameAddedToTheWildcardLeavesIt() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();
    assertThat(names(stream.settled(CLUSTER))).containsExactlyInAnyOrder("a", "b");
    stream.subscribe(CLUSTER, "a");
    stream.rest().forEach(stream::ack);
    trial.set(cluster("a", 1), cluster("b", 2));
    assertThat(names(stream.acked(CLUSTER))).containsExactly("b");
    stream.unsubscribe(CLUSTER, "*");
    stream.rest().forEach(stream::ack);

    trial.set(cluster("a", 2), cluster("b", 3));

    assertThat(names(stream.acked(CLUSTER))).containsExactly("a");
    stream.unsubscribe(CLUSTER, "a");
    stream.rest().forEach(stream::ack);
    trial.set(cluster("a", 3), cluster("b", 4));
    stream.silent();
  }

  @Row(63)
  void row63_aFirstRequestWithNamesIsNoWildcard() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();

    assertThat(names(stream.settled(CLUSTER, "a"))).containsExactly("a");
    trial.set(cluster("a", 1), cluster("b", 2));

    stream.silent();
  }

  @Row(64)
  void row64_anExplicitStarMeansEverything() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.delta();
    assertThat(names(stream.settled(CLUSTER, "*"))).containsExactly("a");

    trial.set(cluster("a", 1), cluster("b", 1));

    assertThat(names(stream.acked(CLUSTER))).containsExactly("b");
  }

  @Row(64)
  void row64_anExplicitStarMeansEverythingOfOtherTypesToo() throws Exception {
    trial.set(endpoints("a", 1));
    var stream = trial.delta();
    assertThat(names(stream.settled(ENDPOINT, "*"))).containsExactly("a");

    trial.set(endpoints("a", 1), endpoints("b", 1));

    assertThat(names(stream.acked(ENDPOINT))).containsExactly("b");
  }

  @Row(65)
  void row65_withoutTheStarTheNamesRemain() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER, "*", "a");
    stream.unsubscribe(CLUSTER, "*");
    stream.rest().forEach(stream::ack);

    trial.set(cluster("a", 1), cluster("b", 2));
    stream.silent();
    trial.set(cluster("a", 2), cluster("b", 2));

    assertThat(names(stream.acked(CLUSTER))).containsExactly("a");
  }

  @Row(66)
  void row66_aNameUnsubscribedUnderTheWildcardIsSentAsTheWildcardHasIt() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER, "*", "a");

    stream.unsubscribe(CLUSTER, "a");

    assertThat(names(stream.acked(CLUSTER))).containsExactly("a");
    stream.silent();
  }

  @Row(66)
  void row66_aNameUnsubscribedThatTheWildcardHasNotIsSaidToBeRemoved() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER, "*", "x");

    stream.unsubscribe(CLUSTER, "x");

    assertThat(stream.acked(CLUSTER).getRemovedResourcesList()).containsExactly("x");
    stream.silent();
  }

  @Row(69)
  void row69_aFirstRequestThatOnlyUnsubscribesIsAWildcard() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();

    stream.unsubscribe(CLUSTER, "x");

    assertThat(names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(70)
  void row70_nothingLeftSubscribedIsNoWildcard() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER, "a");
    stream.unsubscribe(CLUSTER, "a");
    stream.rest().forEach(stream::ack);

    trial.set(cluster("a", 2), cluster("b", 2));

    stream.silent();
  }
}
