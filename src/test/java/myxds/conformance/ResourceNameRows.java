package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.names;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.service.discovery.v3.ResourceLocator;
import myxds.resource.ResourceType;

/** I. xdstp names, collections, newer fields. */
final class ResourceNameRows {
  private static final String FOLDER = "xdstp://kit/envoy.config.cluster.v3.Cluster/";

  private final Trial trial;

  ResourceNameRows(Trial trial) {
    this.trial = trial;
  }

  @Row(104)
  void row104_theOrderOfAnXdstpNamesParametersDoesNotMatter() throws Exception {
    trial.set(cluster(FOLDER + "a?x=1&y=2", 1));
    var stream = trial.delta();

    assertThat(stream.settled(CLUSTER, FOLDER + "a?y=2&x=1").getResourcesCount()).isEqualTo(1);
  }

  @Row(105)
  void row105_oldAndNewNamesGoTogether() throws Exception {
    trial.set(cluster("a", 1), cluster(FOLDER + "b", 1));
    var stream = trial.sotw();

    assertThat(names(stream.settled(CLUSTER, "a", FOLDER + "b")))
        .containsExactlyInAnyOrder("a", FOLDER + "b");
  }

  @Row(106)
  void row106_aGlobStandsForItsMembersAlsoForNewOnes() throws Exception {
    trial.set(cluster(FOLDER + "a", 1), cluster("outside", 1));
    var stream = trial.delta();
    assertThat(names(stream.settled(CLUSTER, FOLDER + "*"))).containsExactly(FOLDER + "a");

    trial.set(cluster(FOLDER + "b", 1), cluster("outside", 2));

    var change = stream.acked(CLUSTER);
    assertThat(names(change)).containsExactly(FOLDER + "b");
    assertThat(change.getRemovedResourcesList()).containsExactly(FOLDER + "a");
  }

  @Row(106)
  void row106_anEmptyGlobIsToldByItsName() throws Exception {
    trial.set(cluster("outside", 1));
    var stream = trial.delta();

    assertThat(stream.settled(CLUSTER, FOLDER + "*").getRemovedResourcesList())
        .containsExactly(FOLDER + "*");
  }

  @Row(107)
  void row107_endpointsThatStandAloneAreServed() throws Exception {
    trial.deliver(Trial.named("kit/one", LbEndpoint.getDefaultInstance()));
    var stream = trial.delta();

    assertThat(names(stream.settled(ResourceType.LOCALITY_ENDPOINT, "kit/one")))
        .containsExactly("kit/one");
  }

  @Row(109)
  void row109_theNameInALocatorIsAName() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.sotw();

    stream.send(
        stream
            .request(CLUSTER)
            .addResourceLocators(
                ResourceLocator.newBuilder().setName("a").putDynamicParameters("env", "x")));

    assertThat(names(stream.next(CLUSTER))).containsExactly("a");
  }

  @Row(110)
  void row110_aMissingResourceIsToldAsAnErrorOnceWhereThatIsWanted() throws Exception {
    try (var subject = trial.subject.tellingErrors();
        var other = new Trial(subject)) {
      other.set(endpoints("a", 1));
      var stream = other.sotw();

      var answer = stream.settled(ENDPOINT, "a", "x");

      assertThat(names(answer)).containsExactly("a");
      assertThat(answer.getResourceErrorsList())
          .extracting(error -> error.getResourceName().getName())
          .containsExactly("x");
      stream.silent();
    }
  }

  @Row(111)
  void row111_errorsAreNotToldUnlessTheyAreWanted() throws Exception {
    trial.set(endpoints("a", 1));
    var stream = trial.sotw();

    assertThat(stream.settled(ENDPOINT, "a", "x").getResourceErrorsList()).isEmpty();
  }
}
