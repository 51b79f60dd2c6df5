package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.listener;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.LISTENER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** D. State of the world: what a response carries. */
final class ContentRows {
  private final Trial trial;

  ContentRows(Trial trial) {
    this.trial = trial;
  }

  @Row(45)
  void row45_clustersAndListenersAlwaysComeAsAFullSet() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1), listener("a", 1), listener("b", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(LISTENER);

    trial.set(cluster("a", 2), cluster("b", 1), listener("a", 1), listener("b", 1));
    assertThat(names(stream.acked(CLUSTER))).containsExactlyInAnyOrder("a", "b");
    trial.set(cluster("a", 2), cluster("b", 1), listener("a", 1), listener("b", 2));

    assertThat(names(stream.acked(LISTENER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(45)
  void row45_namedClustersAlwaysComeAsAFullSetToo() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1), cluster("c", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER, "a", "b");

    trial.set(cluster("a", 2), cluster("b", 1), cluster("c", 2));

    assertThat(names(stream.acked(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(46)
  void row46_aClusterIsRemovedByItsAbsence() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);

    trial.set(cluster("a", 1));
    assertThat(names(stream.acked(CLUSTER))).containsExactly("a");
    trial.set();

    assertThat(names(stream.acked(CLUSTER))).isEmpty();
    stream.silent();
  }

  @Row(47)
  void row47_ofManyAssignmentsOnlyTheChangedOneIsSent() throws Exception {
    var many = IntStream.range(0, 1_000).mapToObj(i -> endpoints("e" + i, 1)).toList();
    trial.set(many);
    var stream = trial.sotw();
    stream.settled(ENDPOINT, many.stream().map(Sample::name).toArray(String[]::new));

    var changed = new ArrayList<>(many);
    changed.set(500, endpoints("e500", 2));
    trial.set(changed);

    assertThat(names(stream.acked(ENDPOINT))).containsExactly("e500");
    stream.silent();
  }

  @Row(47)
  void row47_anAssignmentThatIsGoneDisturbsNoOther() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.sotw();
    stream.settled(ENDPOINT, "a", "b");
    trial.set(endpoints("a", 1));
    stream.rest().forEach(stream::ack);

    trial.set(endpoints("a", 2));

    assertThat(names(stream.next(ENDPOINT))).containsExactly("a");
  }

  @Row(48)
  void row48_theSameResourcesAgainAreNotSent() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a", "b");
    stream.settled(LISTENER);

    trial.standard();

    stream.silent();
  }

  @Row(49)
  void row49_noResponseCarriesANameTwice() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1), endpoints("a", 1), endpoints("b", 1));
    var stream = trial.sotw();
    var frames = new ArrayList<>(List.of(stream.settled(CLUSTER, "b")));

    frames.add(stream.settled(CLUSTER, "b", "a"));
    frames.add(stream.settled(ENDPOINT, "a"));
    frames.add(stream.settled(ENDPOINT, "a", "b"));
    trial.set(cluster("a", 1), cluster("b", 1), endpoints("a", 2), endpoints("b", 2));
    frames.add(stream.acked(ENDPOINT));

    assertThat(frames).allSatisfy(frame -> assertThat(names(frame)).doesNotHaveDuplicates());
  }

  @Row(51)
  void row51_aGroupThatVanishesIsNotTakenFromItsNodes() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.silent();

    trial.subject.forget(trial.node.getId());

    stream.silent();
  }
}
