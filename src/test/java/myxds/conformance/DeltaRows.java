package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.listener;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.versions;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.LISTENER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import myxds.resource.ResourceType;

/** E. Delta: what is sent when something changes, is refused, or was had before. */
final class DeltaRows {
  private final Trial trial;

  DeltaRows(Trial trial) {
    this.trial = trial;
  }

  @Row(53)
  void row53_onlyWhatChangedIsSentAndWhatIsGoneIsNamed() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1), cluster("c", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER);

    trial.set(cluster("a", 1), cluster("b", 2), cluster("d", 1));

    var diff = stream.acked(CLUSTER);
    assertThat(names(diff)).containsExactlyInAnyOrder("b", "d");
    assertThat(diff.getRemovedResourcesList()).containsExactly("c");
    stream.silent();
  }

  @Row(54)
  void row54_whatWasDeletedAndComesBackIsSent() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.delta();
    stream.settled(ENDPOINT, "a", "b");
    trial.set(endpoints("b", 1));
    assertThat(stream.acked(ENDPOINT).getRemovedResourcesList()).containsExactly("a");
    stream.silent();

    trial.set(endpoints("a", 1), endpoints("b", 1));

    assertThat(names(stream.next(ENDPOINT))).containsExactly("a");
  }

  @Row(55)
  void row55_whatAClientHadAlreadyIsNotSentAgain() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var had = hadBefore(CLUSTER);
    trial.set(cluster("a", 1), cluster("b", 2));
    var stream = trial.delta();

    stream.send(stream.request(CLUSTER).putAllInitialResourceVersions(had));

    assertThat(names(stream.acked(CLUSTER))).containsExactly("b");
    stream.silent();
  }

  @Row(56)
  void row56_whatAWildcardClientHadAndIsGoneIsRemoved() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var had = hadBefore(CLUSTER);
    trial.set(cluster("a", 1));
    var stream = trial.delta();

    stream.send(stream.request(CLUSTER).putAllInitialResourceVersions(had));

    assertThat(stream.acked(CLUSTER).getRemovedResourcesList()).containsExactly("b");
    stream.silent();
  }

  @Row(56)
  void row56_whatAClientHadByNameAndIsGoneIsRemoved() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var had = hadBefore(ENDPOINT, "a", "b");
    trial.set(endpoints("a", 1));
    var stream = trial.delta();

    var request = stream.request(ENDPOINT).putAllInitialResourceVersions(had);
    stream.send(request.addAllResourceNamesSubscribe(had.keySet()));

    assertThat(stream.acked(ENDPOINT).getRemovedResourcesList()).containsExactly("b");
    stream.silent();
  }

  @Row(57)
  void row57_initialVersionsCountOnlyInTheFirstRequestOfAType() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var had = hadBefore(ENDPOINT, "a", "b");
    var stream = trial.delta();
    stream.settled(ENDPOINT, "a");

    var request = stream.request(ENDPOINT).putAllInitialResourceVersions(had);
    stream.send(request.addResourceNamesSubscribe("b"));

    assertThat(names(stream.next(ENDPOINT))).contains("b");
  }

  @Row(58)
  void row58_aFirstRequestWithVersionsIsADiffAndLaterOnesAreAnsweredInFull() throws Exception {
    trial.standard();
    var had = hadBefore(ENDPOINT, "a", "b");
    var stream = trial.delta();

    var request = stream.request(ENDPOINT).putAllInitialResourceVersions(had);
    stream.send(request.addAllResourceNamesSubscribe(had.keySet()));
    for (var frame : stream.rest()) {
      assertThat(names(frame)).isEmpty();
      stream.ack(frame);
    }

    stream.subscribe(ENDPOINT, "a");
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
  }

  @Row(72)
  void row72_aNackIsNotFollowedByTheSameAgain() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.delta();
    stream.subscribe(CLUSTER);
    stream.nack(stream.next(CLUSTER), "no");
    stream.silent();
    trial.set(cluster("a", 2));

    stream.nack(stream.next(CLUSTER), "no");

    stream.silent();
  }

  @Row(73)
  void row73_whatWasRefusedAndIsDeletedIsRemoved() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    trial.set(cluster("a", 2), cluster("b", 1));
    stream.nack(stream.next(CLUSTER), "no");

    trial.set(cluster("b", 1));

    assertThat(stream.next(CLUSTER).getRemovedResourcesList()).containsExactly("a");
  }

  @Row(73)
  void row73_whatWasRefusedFromTheBeginningAndIsDeletedIsRemoved() throws Exception {
    trial.set(cluster("b", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    trial.set(cluster("a", 1), cluster("b", 1));
    stream.nack(stream.next(CLUSTER), "no");

    trial.set(cluster("b", 1));

    assertThat(stream.next(CLUSTER).getRemovedResourcesList()).containsExactly("a");
  }

  @Row(74)
  void row74_aRefusedVersionIsNotOfferedAgainButTheNextIs() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    trial.set(cluster("a", 2), cluster("b", 1));
    stream.nack(stream.next(CLUSTER), "no");
    stream.silent();

    trial.set(cluster("a", 2), cluster("b", 2));
    assertThat(names(stream.acked(CLUSTER))).containsExactly("b");
    trial.set(cluster("a", 3), cluster("b", 2));

    assertThat(names(stream.acked(CLUSTER))).containsExactly("a");
    stream.silent();
  }

  @Row(75)
  void row75_noNameIsTwiceInAResponse() throws Exception {
    trial.set(endpoints("a", 1));
    var stream = trial.delta();
    var random = new Random(75);
    stream.settled(ENDPOINT, "a", "b", "c", "d");

    for (int i = 0; i < 60; i++) {
      var name = String.valueOf("abcd".charAt(random.nextInt(4)));
      switch (random.nextInt(4)) {
        case 0 -> stream.subscribe(ENDPOINT, name, name);
        case 1 -> stream.unsubscribe(ENDPOINT, name);
        default -> trial.set(some(random));
      }
      for (var frame : stream.rest()) {
        assertThat(all(frame)).doesNotHaveDuplicates();
        stream.ack(frame);
      }
    }
  }

  @Row(76)
  void row76_changesWhileAResponseIsOnItsWayComeAsOneDiff() throws Exception {
    trial.set(cluster("a", 1), cluster("b", 1));
    var stream = trial.delta();
    stream.subscribe(CLUSTER);
    var pending = stream.next(CLUSTER);

    trial.set(cluster("a", 2), cluster("b", 1));
    trial.set(cluster("a", 3), cluster("c", 1));
    trial.set(cluster("a", 3), cluster("c", 1), cluster("d", 1));
    stream.silent();
    stream.ack(pending);

    var diff = stream.acked(CLUSTER);
    assertThat(names(diff)).containsExactlyInAnyOrder("a", "c", "d");
    assertThat(diff.getRemovedResourcesList()).containsExactly("b");
    stream.silent();
  }

  @Row(77)
  void row77_theVersionOfAResourceChangesWithItsContent() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.delta();
    var first = versions(stream.settled(ENDPOINT, "a", "b"));

    trial.set(endpoints("a", 2), endpoints("b", 1));
    var changed = versions(stream.acked(ENDPOINT));
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var back = versions(stream.acked(ENDPOINT));

    assertThat(changed).containsOnlyKeys("a").isNotEqualTo(Map.of("a", first.get("a")));
    assertThat(back).isEqualTo(Map.of("a", first.get("a")));
  }

  @Row(78)
  void row78_theVersionOfTheSystemDecidesNothing() throws Exception {
    trial.set(cluster("a", 1), listener("a", 1));
    var first = trial.delta();
    var had = first.settled(CLUSTER);
    first.raw.cancel();
    trial.set(cluster("a", 1), cluster("b", 1), listener("a", 1));
    var stream = trial.delta();

    stream.send(stream.request(CLUSTER).putAllInitialResourceVersions(versions(had)));

    var diff = stream.acked(CLUSTER);
    assertThat(names(diff)).containsExactly("b");
    assertThat(diff.getSystemVersionInfo()).isNotEqualTo(had.getSystemVersionInfo());
    assertThat(names(stream.settled(LISTENER))).containsExactly("a");
  }

  @Row(79)
  void row79_aServiceOfOneTypeNeedsNoTypeUrlInDelta() throws Exception {
    trial.standard();
    var stream = trial.delta(Service.CDS);

    stream.send(stream.request(CLUSTER).clearTypeUrl());

    assertThat(names(stream.next(CLUSTER))).containsExactlyInAnyOrder("a", "b");
  }

  @Row(79)
  void row79_adsRefusesADeltaRequestWithoutTypeUrl() throws Exception {
    trial.standard();
    var stream = trial.delta();

    stream.send(stream.request(CLUSTER).clearTypeUrl());

    assertThat(stream.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  /** The versions that a client had on a stream that is gone. */
  private Map<String, String> hadBefore(ResourceType type, String... names) throws Exception {
    var before = trial.delta();
    var had = versions(before.settled(type, names));
    before.raw.cancel();
    return had;
  }

  private static List<Message> some(Random random) {
    var some = new ArrayList<Message>();
    Stream.of("a", "b", "c", "d")
        .filter(name -> random.nextBoolean())
        .forEach(name -> some.add(endpoints(name, 1 + random.nextInt(3))));
    return some;
  }

  private static List<String> all(DeltaDiscoveryResponse frame) {
    var all = new ArrayList<>(names(frame));
    all.addAll(frame.getRemovedResourcesList());
    return all;
  }
}
