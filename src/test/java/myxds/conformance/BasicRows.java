package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.listener;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.route;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.LISTENER;
import static myxds.resource.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import myxds.resource.ResourceType;

/** A. What holds for every stream: nonces, types, several streams. */
final class BasicRows {
  private final Trial trial;

  BasicRows(Trial trial) {
    this.trial = trial;
  }

  @Row(1)
  void row1_everyNonceOfAStreamIsNewAndNotEmpty() throws Exception {
    trial.set(cluster("a", 1), listener("a", 1), route("a", "one"));
    var stream = trial.sotw();
    var nonces = new ArrayList<String>();
    nonces.add(stream.settled(LISTENER).getNonce());
    nonces.add(stream.settled(ROUTE, "a").getNonce());
    nonces.add(stream.settled(CLUSTER).getNonce());

    for (int i = 2; i <= 100; i++) {
      trial.set(cluster("a", i), listener("a", 1), route("a", "one"));
      nonces.add(stream.acked(CLUSTER).getNonce());
    }

    assertThat(nonces).doesNotHaveDuplicates().doesNotContain("");
  }

  @Row(4)
  void row4_aServiceOfOneTypeNeedsNoTypeUrl() throws Exception {
    trial.standard();
    var stream = trial.sotw(Service.CDS);

    stream.send(stream.request(CLUSTER).clearTypeUrl());

    assertThat(names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
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

  @Row(6)
  void row6_aTypeThatIsNotServedDisturbsNoOther() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.sotw();
    stream.settled(CLUSTER);

    stream.ask(ResourceType.of("type.googleapis.com/envoy.service.runtime.v3.Runtime"), "x");
    stream.ask(ResourceType.of("type.googleapis.com/example.Foreign"), "x");
    stream.rest();
    trial.set(cluster("a", 2), cluster("b", 2));

    assertThat(names(stream.nextOf(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(7)
  void row7_aServiceOfOneTypeRefusesAnotherAndNamesBoth() throws Exception {
    trial.standard();
    var stream = trial.sotw(Service.EDS);

    stream.ask(CLUSTER);

    var end = stream.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains(CLUSTER.typeUrl(), ResourceType.ENDPOINT.typeUrl());
  }

  @Row(8)
  void row8_aRefusalOfOneTypeDoesNotTouchTheOthers() throws Exception {
    trial.set(cluster("a", 1), listener("a", 1), route("a", "one"));
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(LISTENER);
    stream.settled(ROUTE, "a");

    trial.set(cluster("a", 1), listener("a", 2), route("a", "one"));
    stream.nack(stream.next(LISTENER), "no such port");

    trial.set(cluster("a", 1), listener("a", 2), route("a", "two"));
    stream.ack(stream.nextOf(ROUTE));
    trial.set(cluster("a", 2), listener("a", 2), route("a", "two"));
    assertThat(names(stream.nextOf(CLUSTER))).containsExactly("a");
  }

  @Row(10)
  void row10_manyStreamsOfOneNodeAreAllTold() throws Exception {
    trial.set(cluster("a", 1));
    var streams = new ArrayList<SotwStream>();
    for (int i = 0; i < 5; i++) {
      var stream = trial.sotw(i % 2 == 0 ? Service.ADS : Service.CDS);
      stream.settled(CLUSTER);
      streams.add(stream);
    }

    trial.set(cluster("a", 2), cluster("b", 2));

    for (var stream : streams) {
      assertThat(names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Row(11)
  void row11_everyResponseTellsWhichInstanceAnswered() throws Exception {
    trial.standard();

    var sotw = trial.sotw().settled(CLUSTER);
    var delta = trial.delta().settled(CLUSTER);

    assertThat(sotw.getControlPlane().getIdentifier()).isNotEmpty();
    assertThat(delta.getControlPlane()).isEqualTo(sotw.getControlPlane());
  }

  @Row(12)
  void row12_aRequestBeforeAnySnapshotWaitsForIt() throws Exception {
    trial.nothing();
    var sotw = trial.sotw();
    var delta = trial.delta();
    sotw.ask(CLUSTER);
    delta.subscribe(CLUSTER);
    sotw.silent();
    delta.silent();

    trial.set(cluster("a", 1));

    assertThat(names(sotw.next(CLUSTER))).containsExactly("a");
    assertThat(names(delta.next(CLUSTER))).containsExactly("a");
  }

  @Row(50)
  void row50_aResponseAndAllThatItCarriesAreOfTheTypeAskedFor() throws Exception {
    trial.standard();
    var stream = trial.sotw();
    var types = List.of(CLUSTER, ResourceType.ENDPOINT, LISTENER, ROUTE, ResourceType.SECRET);

    for (var type : types) {
      var response = stream.settled(type, "a", "b");

      var carried = new HashSet<String>();
      response.getResourcesList().forEach(packed -> carried.add(packed.getTypeUrl()));
      assertThat(carried).containsExactly(type.typeUrl());
    }
  }
}
