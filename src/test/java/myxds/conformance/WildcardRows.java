package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

/** C. State of the world: everything, and no longer everything. */
final class WildcardRows {
  private final Trial trial;

  WildcardRows(Trial trial) {
    this.trial = trial;
  }

  @Row(33)
  void row33_noNamesFromTheBeginningMeansEverything() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();

    assertThat(names(stream.settled(CLUSTER))).containsExactly("a");
    trial.set(cluster("a", 1), cluster("b", 1));
    assertThat(names(stream.acked(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(34)
  void row34_anExplicitStarMeansEverythingOnAds() throws Exception {
    starMeansEverything(trial.sotw());
  }

  @Row(34)
  void row34_anExplicitStarMeansEverythingOnAServiceOfOneType() throws Exception {
    starMeansEverything(trial.sotw(Service.CDS));
  }

  @Row(35)
  void row35_aNameBesideTheStarOutlivesIt() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.ask(CLUSTER, "*", "a");
    stream.rest().forEach(stream::ack);
    trial.set(cluster("a", 1), cluster("b", 2));
    assertThat(names(stream.acked(CLUSTER))).containsExactlyInAnyOrder("a", "b");
    stream.ask(CLUSTER, "a");
    stream.rest().forEach(stream::ack);

    trial.set(cluster("a", 2), cluster("b", 3));

    assertThat(names(stream.acked(CLUSTER))).containsExactly("a");
    stream.ask(CLUSTER);
    stream.rest().forEach(stream::ack);
    trial.set(cluster("a", 3), cluster("b", 4));
    stream.silent();
  }

  @Row(36)
  void row36_noNamesAfterNamesMeansNothing() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.sotw();
    stream.settled(ENDPOINT, "a");
    stream.ask(ENDPOINT);
    stream.rest().forEach(stream::ack);

    trial.set(endpoints("a", 2), endpoints("b", 2));

    stream.silent();
  }

  @Row(36)
  void row36_noNamesAfterNamesIsNoWildcardForClustersEither() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.ask(CLUSTER, "a");
    stream.rest().forEach(stream::ack);
    stream.ask(CLUSTER);
    var parting = stream.rest();
    parting.forEach(stream::ack);

    trial.set(cluster("a", 2), cluster("b", 2));

    stream.silent();
    assertThat(parting).hasSizeLessThanOrEqualTo(1);
    assertThat(parting).allSatisfy(frame -> assertThat(names(frame)).isEmpty());
  }

  private void starMeansEverything(SotwStream stream) throws Exception {
    trial.set(cluster("a", 1));
    assertThat(names(stream.settled(CLUSTER, "*"))).containsExactly("a");

    trial.set(cluster("a", 1), cluster("b", 1));

    assertThat(names(stream.acked(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }
}
