package myxds.conformance;

import static myxds.conformance.Sample.listener;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.secret;
import static myxds.conformance.Sample.versions;
import static myxds.conformance.Sourced.filter;
import static myxds.conformance.Sourced.filteredListener;
import static myxds.conformance.Sourced.tlsListener;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.EXTENSION_CONFIG;
import static myxds.resource.ResourceType.LISTENER;
import static myxds.resource.ResourceType.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** N. What follows comes as often as it must, and no more often. */
final class FollowOnceRows {
  private final Trial trial;

  FollowOnceRows(Trial trial) {
    this.trial = trial;
  }

  @Row(150)
  void row150_aSecretThatChangesWithItsListenerComesBeforeAndAfterIt() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"));
    var stream = trial.sotw();
    stream.settled(LISTENER);
    stream.settled(SECRET, "s");
    // Its answer tells that the ACK of the secret has arrived.
    stream.settled(CLUSTER);

    trial.set(tlsListener("l", "s", 2), secret("s", "two"));

    var before = stream.next(SECRET);
    stream.acked(LISTENER);
    stream.ack(before);
    var after = stream.acked(SECRET);
    assertThat(after.getVersionInfo()).isEqualTo(before.getVersionInfo());
    assertThat(after.getResourcesList()).isEqualTo(before.getResourcesList());
    stream.silent();
  }

  @Row(150)
  void row150_aSecretThatChangesWithItsListenerComesBeforeAndAfterItInDelta() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"));
    var stream = trial.delta();
    stream.settled(LISTENER);
    stream.settled(SECRET, "s");
    // Its answer tells that the ACK of the secret has arrived.
    stream.settled(CLUSTER);

    trial.set(tlsListener("l", "s", 2), secret("s", "two"));

    var before = stream.next(SECRET);
    stream.acked(LISTENER);
    stream.ack(before);
    assertThat(versions(stream.acked(SECRET))).isEqualTo(versions(before));
    stream.silent();
  }

  @Row(151)
  void row151_whatChangedWhileTheClientWasAwayBringsItsSecretInDelta() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"));
    var first = trial.delta();
    var listeners = versions(first.settled(LISTENER));
    var secrets = versions(first.settled(SECRET, "s"));
    trial.set(tlsListener("l", "s", 2), secret("s", "one"));
    var stream = trial.delta();
    stream.send(stream.request(LISTENER).putAllInitialResourceVersions(listeners));
    stream.acked(LISTENER);
    stream.send(
        stream
            .request(SECRET)
            .addResourceNamesSubscribe("s")
            .putAllInitialResourceVersions(secrets));

    assertThat(names(stream.acked(SECRET))).containsExactly("s");
    stream.silent();
  }

  @Row(151)
  void row151_whatDidNotChangeMeanwhileBringsNothingInDelta() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"));
    var first = trial.delta();
    var listeners = versions(first.settled(LISTENER));
    var secrets = versions(first.settled(SECRET, "s"));

    var stream = trial.delta();
    stream.send(stream.request(LISTENER).putAllInitialResourceVersions(listeners));
    stream.send(
        stream
            .request(SECRET)
            .addResourceNamesSubscribe("s")
            .putAllInitialResourceVersions(secrets));

    stream.silent();
  }

  @Row(152)
  void row152_aSecretThatTheClientDidNotAskForDoesNotFollow() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"), secret("other", "one"));
    var stream = trial.delta();
    stream.settled(LISTENER);
    stream.settled(SECRET, "other");

    trial.set(tlsListener("l", "s", 2), secret("s", "one"), secret("other", "one"));

    stream.acked(LISTENER);
    stream.silent();
  }

  @Row(152)
  void row152_theSecretOfAListenerThatDidNotChangeDoesNotFollow() throws Exception {
    trial.set(tlsListener("l", "s", 1), listener("m", 1), secret("s", "one"));
    var stream = trial.sotw();
    stream.settled(LISTENER);
    stream.settled(SECRET, "s");

    trial.set(tlsListener("l", "s", 1), listener("m", 2), secret("s", "one"));

    stream.acked(LISTENER);
    stream.silent();
  }

  @Row(153)
  void row153_onStreamsOfTheirOwnSecretsAndExtensionConfigsDoNotFollow() throws Exception {
    trial.set(
        tlsListener("l", "s", 1),
        filteredListener("m", "f", 1),
        secret("s", "one"),
        filter("f", "one"));
    var listeners = trial.sotw(Service.LDS);
    listeners.settled(LISTENER);
    var secrets = trial.sotw(Service.SDS);
    secrets.settled(SECRET, "s");
    var filters = trial.delta(Service.ECDS);
    filters.settled(EXTENSION_CONFIG, "f");

    trial.set(
        tlsListener("l", "s", 2),
        filteredListener("m", "f", 2),
        secret("s", "one"),
        filter("f", "one"));

    listeners.acked(LISTENER);
    secrets.silent();
    filters.silent();
  }
}
