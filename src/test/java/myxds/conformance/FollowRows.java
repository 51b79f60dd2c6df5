package myxds.conformance;

import static myxds.conformance.Sample.cluster;
import static myxds.conformance.Sample.endpoints;
import static myxds.conformance.Sample.names;
import static myxds.conformance.Sample.secret;
import static myxds.conformance.Sourced.filter;
import static myxds.conformance.Sourced.filteredListener;
import static myxds.conformance.Sourced.tlsCluster;
import static myxds.conformance.Sourced.tlsListener;
import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.ENDPOINT;
import static myxds.resource.ResourceType.EXTENSION_CONFIG;
import static myxds.resource.ResourceType.LISTENER;
import static myxds.resource.ResourceType.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.http.injected_credentials.generic.v3.Generic;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;

/**
 * N. What a changed or added resource references is sent once more after it, and nothing else is.
 */
final class FollowRows {
  private final Trial trial;

  FollowRows(Trial trial) {
    this.trial = trial;
  }

  @Row(146)
  void row146_theSecretOfAChangedListenerFollowsIt() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"), secret("other", "one"));
    var stream = trial.sotw();
    stream.settled(LISTENER);
    stream.settled(SECRET, "s", "other");

    trial.set(tlsListener("l", "s", 2), secret("s", "one"), secret("other", "one"));

    stream.acked(LISTENER);
    assertThat(names(stream.acked(SECRET))).contains("s");
    stream.silent();
  }

  @Row(146)
  void row146_theSecretOfAChangedListenerFollowsItInDelta() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"), secret("other", "one"));
    var stream = trial.delta();
    stream.settled(LISTENER);
    stream.settled(SECRET, "s", "other");

    trial.set(tlsListener("l", "s", 2), secret("s", "one"), secret("other", "one"));

    stream.acked(LISTENER);
    assertThat(names(stream.acked(SECRET))).containsExactly("s");
    stream.silent();
  }

  @Row(147)
  void row147_theSecretOfAnAddedListenerFollowsIt() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"));
    var stream = trial.sotw();
    stream.settled(LISTENER);
    stream.settled(SECRET, "s");

    trial.set(tlsListener("l", "s", 1), tlsListener("m", "s", 2), secret("s", "one"));

    stream.acked(LISTENER);
    assertThat(names(stream.acked(SECRET))).containsExactly("s");
    stream.silent();
  }

  @Row(147)
  void row147_theSecretOfAnAddedListenerFollowsItInDelta() throws Exception {
    trial.set(tlsListener("l", "s", 1), secret("s", "one"));
    var stream = trial.delta();
    stream.settled(LISTENER);
    stream.settled(SECRET, "s");

    trial.set(tlsListener("l", "s", 1), tlsListener("m", "s", 2), secret("s", "one"));

    assertThat(names(stream.acked(LISTENER))).containsExactly("m");
    assertThat(names(stream.acked(SECRET))).containsExactly("s");
    stream.silent();
  }

  @Row(147)
  void row147_theEndpointsOfAnAddedClusterFollowItInDelta() throws Exception {
    trial.set(cluster("a", 1), endpoints("shared", 1));
    var stream = trial.delta();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "shared");

    var sharing = cluster("b", 1).toBuilder();
    sharing.getEdsClusterConfigBuilder().setServiceName("shared");
    trial.set(cluster("a", 1), sharing.build(), endpoints("shared", 1));

    assertThat(names(stream.acked(CLUSTER))).containsExactly("b");
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("shared");
    stream.silent();
  }

  @Row(148)
  void row148_endpointsAndSecretsOfAChangedClusterFollowBeforeItIsTaken() throws Exception {
    trial.set(tlsCluster("a", "s", "ca", 1), endpoints("a", 1), secret("s", "one"), ca());
    var stream = trial.sotw();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a");
    stream.settled(SECRET, "s", "ca");

    trial.set(tlsCluster("a", "s", "ca", 2), endpoints("a", 1), secret("s", "one"), ca());

    var clusters = stream.next(CLUSTER);
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
    assertThat(names(stream.acked(SECRET))).containsExactlyInAnyOrder("s", "ca");
    stream.ack(clusters);
    stream.silent();
  }

  @Row(148)
  void row148_endpointsAndSecretsOfAChangedClusterFollowBeforeItIsTakenInDelta() throws Exception {
    trial.set(tlsCluster("a", "s", "ca", 1), endpoints("a", 1), secret("s", "one"), ca());
    var stream = trial.delta();
    stream.settled(CLUSTER);
    stream.settled(ENDPOINT, "a");
    stream.settled(SECRET, "s", "ca");

    trial.set(tlsCluster("a", "s", "ca", 2), endpoints("a", 1), secret("s", "one"), ca());

    var clusters = stream.next(CLUSTER);
    assertThat(names(stream.acked(ENDPOINT))).containsExactly("a");
    assertThat(names(stream.acked(SECRET))).containsExactlyInAnyOrder("s", "ca");
    stream.ack(clusters);
    stream.silent();
  }

  @Row(149)
  void row149_theExtensionConfigOfAChangedListenerFollowsIt() throws Exception {
    trial.set(filteredListener("l", "f", 1), filter("f", "one"));
    var stream = trial.sotw();
    stream.settled(LISTENER);
    stream.settled(EXTENSION_CONFIG, "f");

    trial.set(filteredListener("l", "f", 2), filter("f", "one"));

    stream.acked(LISTENER);
    assertThat(names(stream.acked(EXTENSION_CONFIG))).containsExactly("f");
    stream.silent();
  }

  @Row(149)
  void row149_theExtensionConfigOfAChangedListenerFollowsItInDelta() throws Exception {
    trial.set(filteredListener("l", "f", 1), filter("f", "one"));
    var stream = trial.delta();
    stream.settled(LISTENER);
    stream.settled(EXTENSION_CONFIG, "f");

    trial.set(filteredListener("l", "f", 2), filter("f", "one"));

    stream.acked(LISTENER);
    assertThat(names(stream.acked(EXTENSION_CONFIG))).containsExactly("f");
    stream.silent();
  }

  @Row(149)
  void row149_theSecretOfAChangedExtensionConfigFollowsIt() throws Exception {
    trial.set(filteredListener("l", "f", 1), injecting("f", "s", 1), secret("s", "one"));
    var stream = trial.delta();
    stream.settled(LISTENER);
    stream.settled(EXTENSION_CONFIG, "f");
    stream.settled(SECRET, "s");

    trial.set(filteredListener("l", "f", 1), injecting("f", "s", 2), secret("s", "one"));

    stream.acked(EXTENSION_CONFIG);
    assertThat(names(stream.acked(SECRET))).containsExactly("s");
    stream.silent();
  }

  private static Secret ca() {
    return secret("ca", "one");
  }

  /** A filter's configuration that requests a secret. */
  private static TypedExtensionConfig injecting(String name, String secret, int fetchTimeout) {
    var generic = Generic.newBuilder().setCredential(Sourced.secret(secret, fetchTimeout));
    return filter(name, Any.pack(generic.build()));
  }
}
