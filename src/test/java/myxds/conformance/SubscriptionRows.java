package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.ROUTE;
import static myxds.resource.ResourceType.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import java.util.List;
import java.util.stream.IntStream;

/** C. State of the world: names. */
final class SubscriptionRows {
  private final Trial trial;

  SubscriptionRows(Trial trial) {
    this.trial = trial;
  }

  @Row(30)
  void row30_aNameAddedIsAnsweredThoughTheVersionIsTheSame() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(ENDPOINT, "a");

    stream.ask(ENDPOINT, "a", "b");

    assertThat(names(stream.acked(ENDPOINT))).contains("b");
    stream.silent();
  }

  @Row(31)
  void row31_aNameDroppedAndAskedForAgainIsSentAgain() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(ENDPOINT, "a", "b");
    stream.ask(ENDPOINT, "b");
    stream.silent();

    stream.ask(ENDPOINT, "a", "b");

    assertThat(names(stream.next(ENDPOINT))).contains("a");
  }

  @Row(32)
  void row32_aNameDroppedNeedsNoAnswer() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    stream.settled(ENDPOINT, "a", "b");

    stream.ask(ENDPOINT, "a");

    stream.silent();
  }

  @Row(38)
  void row38_aNameAskedForTwiceIsSentOnce() throws Exception {
    trial.standard();
    var stream = trial.sotw();

    assertThat(names(stream.settled(ENDPOINT, "a", "a"))).containsExactly("a");
    assertThat(names(stream.settled(CLUSTER, "b", "b"))).containsExactly("b");
  }

  @Row(39)
  void row39_aMissingNameIsRememberedUntilItExists() throws Exception {
    trial.set(endpoints("a", 1));
    var stream = trial.sotw();
    stream.ask(ENDPOINT, "x");
    stream.rest().forEach(stream::ack);

    trial.set(endpoints("a", 1), endpoints("x", 1));

    assertThat(names(stream.next(ENDPOINT))).containsExactly("x");
  }

  @Row(39)
  void row39_aMissingNameBesideAPresentOneIsRememberedToo() throws Exception {
    trial.set(endpoints("a", 1));
    var stream = trial.sotw();
    stream.ask(ENDPOINT, "a", "x");
    stream.rest().forEach(stream::ack);

    trial.set(endpoints("a", 1), endpoints("x", 1));

    assertThat(names(stream.next(ENDPOINT))).contains("x");
  }

  @Row(39)
  void row39_aMissingClusterIsRememberedUntilItExists() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.ask(CLUSTER, "x");
    stream.rest().forEach(stream::ack);

    trial.set(cluster("a", 1), cluster("x", 1));

    assertThat(names(stream.next(CLUSTER))).containsExactly("x");
  }

  @Row(40)
  void row40_aMissingNameDoesNotWithholdThosePresent() throws Exception {
    trial.standard();
    var stream = trial.sotw();

    assertThat(names(stream.settled(ENDPOINT, "a", "x"))).containsExactly("a");
    assertThat(names(stream.settled(ROUTE, "x", "b"))).containsExactly("b");
    assertThat(names(stream.settled(CLUSTER, "a", "x"))).containsExactly("a");
  }

  @Row(41)
  void row41_aMissingAssignmentIsNotInvented() throws Exception {
    trial.standard();
    var stream = trial.sotw();

    stream.ask(ENDPOINT, "x");

    assertThat(stream.rest()).allSatisfy(frame -> assertThat(names(frame)).isEmpty());
  }

  @Row(41)
  void row41_aSettingLetsTheServerInventAnEmptyAssignment() throws Exception {
    try (var inventing = trial.subject.inventingAssignments();
        var there = new Trial(inventing)) {
      there.standard();
      var stream = there.sotw();

      stream.ask(ENDPOINT, "x");

      assertThat(stream.next(ENDPOINT).getResourcesList())
          .extracting(Sample::unpack)
          .isEqualTo(List.of(ClusterLoadAssignment.newBuilder().setClusterName("x").build()));
    }
  }

  @Row(42)
  void row42_namedResourcesAreSentToAClientThatComesBackWithTheirVersion() throws Exception {
    trial.standard();
    var first = trial.sotw();
    var had = first.settled(ENDPOINT, "a", "b");
    first.raw.cancel();
    var stream = trial.sotw();

    var request = stream.request(ENDPOINT).setVersionInfo(had.getVersionInfo());
    stream.send(request.addResourceNames("a").addResourceNames("b"));

    assertThat(names(stream.next(ENDPOINT))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(42)
  void row42_aWildcardClientThatComesBackWithItsVersionHearsOfTheNextChange() throws Exception {
    trial.set(cluster("a", 1));
    var first = trial.sotw();
    var had = first.settled(CLUSTER);
    first.raw.cancel();
    var stream = trial.sotw();
    stream.send(stream.request(CLUSTER).setVersionInfo(had.getVersionInfo()));
    stream.rest().forEach(stream::ack);

    trial.set(cluster("a", 2), cluster("b", 1));

    assertThat(names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(43)
  void row43_aWildcardClientWithAnUnknownVersionGetsEverything() throws Exception {
    trial.standard();
    var stream = trial.sotw();

    stream.send(stream.request(CLUSTER).setVersionInfo("zzz"));

    assertThat(names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(44)
  void row44_aHundredThousandNamesAreAnsweredLikeFew() throws Exception {
    trial.standard();
    var stream = trial.sotw(Service.CDS);
    var many = IntStream.range(0, 100_000).mapToObj(i -> "no-such-" + i).toList();

    stream.send(stream.request(CLUSTER).addAllResourceNames(many).addResourceNames("a"));

    assertThat(names(stream.next(CLUSTER))).containsExactly("a");
  }

  @Row(37)
  void row37_aFirstRequestWithoutNamesMeansAllOfEveryType() throws Exception {
    trial.standard();
    var stream = trial.sotw();

    assertThat(names(stream.settled(ENDPOINT))).containsExactlyInAnyOrder("a", "b");
    assertThat(names(stream.settled(ROUTE))).containsExactlyInAnyOrder("a", "b");
    assertThat(names(stream.settled(SECRET))).contains("a", "b");
  }
}
