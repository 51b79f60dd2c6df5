package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.route;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.LISTENER;
import static myxds.resource.ResourceType.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

/** E. Delta: names that come, go, or do not exist. */
final class DeltaNameRows {
  private final Trial trial;

  DeltaNameRows(Trial trial) {
    this.trial = trial;
  }

  @Row(59)
  void row59_aNameSubscribedToAgainIsSentAgain() throws Exception {
    trial.standard();
    var stream = trial.delta();
    stream.settled(ENDPOINT, "a");

    stream.subscribe(ENDPOINT, "a");

    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
    stream.silent();
  }

  @Row(59)
  void row59_aNameSubscribedToAtopTheWildcardIsSentAgain() throws Exception {
    trial.standard();
    var stream = trial.delta();
    stream.settled(CLUSTER);

    stream.subscribe(CLUSTER, "a");

    assertThat(names(stream.acked(CLUSTER))).containsExactly("a");
    stream.silent();
  }

  @Row(60)
  void row60_aNameThatDoesNotExistIsSaidToBeRemoved() throws Exception {
    trial.standard();
    var stream = trial.delta();

    stream.subscribe(ENDPOINT, "x");
    assertThat(stream.acked(ENDPOINT).getRemovedResourcesList()).containsExactly("x");
    stream.subscribe(CLUSTER, "a", "x");
    var clusters = stream.acked(CLUSTER);
    stream.subscribe(LISTENER, "x");

    assertThat(names(clusters)).containsExactly("a");
    assertThat(clusters.getRemovedResourcesList()).containsExactly("x");
    assertThat(stream.acked(LISTENER).getRemovedResourcesList()).containsExactly("x");
  }

  @Row(60)
  void row60_aRouteThatDoesNotExistIsMetWithSilence() throws Exception {
    trial.standard();
    var stream = trial.delta();

    stream.subscribe(ROUTE, "x");

    stream.silent();
  }

  @Row(61)
  void row61_whatDidNotExistIsSentWhenItDoes() throws Exception {
    trial.set(endpoints("a", 1));
    var stream = trial.delta();
    stream.subscribe(ENDPOINT, "x");
    stream.rest().forEach(stream::ack);

    trial.set(endpoints("a", 1), endpoints("x", 1));

    assertThat(names(stream.next(ENDPOINT))).containsExactly("x");
  }

  @Row(61)
  void row61_aRouteThatDidNotExistIsSentWhenItDoes() throws Exception {
    trial.set(route("a", "one"));
    var stream = trial.delta();
    stream.subscribe(ROUTE, "x");
    stream.rest().forEach(stream::ack);

    trial.set(route("a", "one"), route("x", "one"));

    assertThat(names(stream.next(ROUTE))).containsExactly("x");
  }

  @Row(67)
  void row67_toUnsubscribeNeedsNoAnswer() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.delta();
    stream.settled(ENDPOINT, "a", "b");

    stream.unsubscribe(ENDPOINT, "b", "nope");
    stream.silent();
    trial.set(endpoints("a", 2), endpoints("b", 2));

    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
    stream.silent();
  }

  @Row(68)
  void row68_aNameUnsubscribedWhileItIsOnItsWayIsNotTakenUpAgainByTheAck() throws Exception {
    trial.set(endpoints("a", 1));
    var stream = trial.delta();
    stream.subscribe(ENDPOINT, "a");
    var pending = stream.next(ENDPOINT);
    stream.unsubscribe(ENDPOINT, "a");
    stream.ack(pending);
    stream.silent();

    trial.set(endpoints("a", 2));

    stream.silent();
  }

  @Row(69)
  void row69_aNameSubscribedAndUnsubscribedInOneMessageIsUnsubscribed() throws Exception {
    trial.set(endpoints("a", 1), endpoints("b", 1));
    var stream = trial.delta();

    stream.send(
        stream
            .request(ENDPOINT)
            .addResourceNamesSubscribe("a")
            .addResourceNamesSubscribe("b")
            .addResourceNamesUnsubscribe("b"));
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
    trial.set(endpoints("a", 2), endpoints("b", 2));

    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
  }

  @Row(71)
  void row71_anUnknownNonceDoesNotSpoilTheSubscription() throws Exception {
    trial.standard();
    var stream = trial.delta();
    stream.settled(ENDPOINT, "a");

    var request = stream.request(ENDPOINT).setResponseNonce("of-nobody");
    stream.send(request.addResourceNamesSubscribe("b"));

    assertThat(names(stream.next(ENDPOINT))).containsExactly("b");
  }

  @Row(71)
  void row71_aFirstRequestWithAnUnknownNonceIsAFirstRequest() throws Exception {
    trial.set(cluster("a", 1));
    var stream = trial.delta();

    stream.send(stream.request(CLUSTER).setResponseNonce("of-nobody"));

    assertThat(names(stream.next(CLUSTER))).containsExactly("a");
  }
}
