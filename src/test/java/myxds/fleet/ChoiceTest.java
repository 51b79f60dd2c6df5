package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.resource.ResourceType;
import myxds.snapshot.Versioned;
import org.junit.jupiter.api.Test;

/** Which state a node is served after it, or another, refused the newest. */
class ChoiceTest {
  private final Told told = new Told();

  @Test
  void servesTheNewestToWhoHasNotRefusedIt() {
    told.refuses(told.connect(Told.node("bad")), told.publish("one"));
    var other = told.connect(Told.node("other").toBuilder().setUserAgentVersion("1.39.0").build());
    var state = told.publish("two");

    assertThat(told.serves(other.node(), state)).isSameAs(state);
  }

  @Test
  void servesWhatANodeTookLastInsteadOfWhatItRefused() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    assertThat(told.serves(stream.node(), bad)).isSameAs(bad);

    told.refuses(stream, bad);

    assertThat(told.serves(stream.node(), bad)).isSameAs(good);
    assertThat(told.standing("a").served()).isEqualTo(good.version());
    assertThat(told.standing("a").desired()).isEqualTo(bad.version());
  }

  @Test
  void stillDoesWhenTheNodeComesBack() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    told.closes(stream);

    var again = told.connect(Told.node("a"));
    told.takes(again, good);

    assertThat(told.serves(again.node(), bad)).isSameAs(good);
    assertThat(told.state("a")).isEqualTo(NodeState.REFUSING);
  }

  @Test
  void offersTheNextState() {
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    told.refuses(stream, told.publish("one", "two"));

    var next = told.publish("one", "three");

    assertThat(told.serves(stream.node(), next)).isSameAs(next);
  }

  @Test
  void tellsOfOtherChangesAndKeepsBackWhatWasRefused() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);

    var other = told.publishWith(bad, "three");

    var served = told.serves(stream.node(), other);
    assertThat(served.version(ResourceType.LISTENER))
        .isEqualTo(good.version(ResourceType.LISTENER));
    assertThat(served.ofType(ResourceType.CLUSTER).all())
        .extracting(Versioned::name)
        .containsExactly("one", "three");
    assertThat(told.state("a")).isEqualTo(NodeState.REFUSING);
    assertThat(told.type("a", ResourceType.LISTENER).nack()).isNotNull();
  }

  @Test
  void offersAStateAgainThatComesBack() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    told.takes(stream, told.publish("one"));

    var again = told.publish("one", "two");

    assertThat(told.serves(stream.node(), again)).isSameAs(again);
  }

  @Test
  void offersItToANodeThatWasUpgraded() {
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    told.closes(stream);

    var upgraded = Told.node("a").toBuilder().setUserAgentVersion("1.41.0").build();
    told.connect(upgraded);

    assertThat(told.serves(upgraded, bad)).isSameAs(bad);
    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);
  }

  @Test
  void servesANewNodeOfABuildThatRefusedItWhatThatBuildTookLast() {
    var good = told.publish("one");
    var waiting = told.connect(Told.node("waiting"));
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);

    var sibling = told.connect(Told.node("sibling"));
    var other = told.connect(build("other", "1.41.0"));

    assertThat(told.serves(sibling.node(), bad)).isSameAs(good);
    assertThat(told.serves(other.node(), bad)).isSameAs(bad);
    // It was there when the state came: it judges for itself.
    assertThat(told.serves(waiting.node(), bad)).isSameAs(bad);
  }

  @Test
  void offersItToANewNodeOfABuildOfWhichAnotherTookIt() {
    told.takes(told.connect(Told.node("a")), told.publish("one"));
    var stream = told.connect(Told.node("b"));
    var bad = told.publish("one", "two");
    told.takes(told.connect(Told.node("c")), bad);

    told.refuses(stream, bad);

    assertThat(told.serves(told.connect(Told.node("d")).node(), bad)).isSameAs(bad);
  }

  @Test
  void servesTheNewestWhenNobodyEverTookAnything() {
    var bad = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.refuses(stream, bad);

    assertThat(told.serves(stream.node(), bad)).isSameAs(bad);
  }

  @Test
  void doesNotTakeTheFirstStepOfANodeForTheWhole() {
    var state = told.publish("one");
    var stream = told.stream(Told.node("a"));
    told.fleet.requested(stream, new Asked(ResourceType.CLUSTER, "", "", List.of()));
    told.takes(stream, state, ResourceType.CLUSTER);

    told.refuses(stream, state);

    assertThat(told.serves(stream.node(), state)).isSameAs(state);
    assertThat(told.serves(told.connect(Told.node("b")).node(), state)).isSameAs(state);
  }

  @Test
  void offersItAgainWhenSomebodySaysSo() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    var sibling = told.connect(Told.node("b"));

    assertThat(told.fleet.retry("other", null)).isEmpty();
    assertThat(told.fleet.retry(null, "b")).isEmpty();
    assertThat(told.fleet.retry("edge", null)).containsExactly("a");

    assertThat(told.serves(stream.node(), bad)).isSameAs(bad);
    assertThat(told.serves(sibling.node(), bad)).isSameAs(bad);
    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);
  }

  @Test
  void doesNotCareWhenTheGroupIgnoresRefusals() {
    told.onNack = new OnNack.Ignore();
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    var bad = told.publish("one", "two");

    told.refuses(stream, bad);

    assertThat(told.serves(stream.node(), bad)).isSameAs(bad);
    assertThat(told.state("a")).isEqualTo(NodeState.REFUSING);
  }

  @Test
  void remembersOverARestart() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    told.fleet.close();

    var restarted = new Told();
    restarted.kept = told.kept;
    restarted.states.putAll(told.states);
    restarted.fleet.remember();
    var newest = restarted.publish("one", "two");
    var again = restarted.connect(Told.node("a"));
    var sibling = restarted.connect(Told.node("b"));

    assertThat(restarted.serves(again.node(), newest).version()).isEqualTo(good.version());
    assertThat(restarted.serves(sibling.node(), newest).version()).isEqualTo(good.version());
    assertThat(restarted.state("a")).isEqualTo(NodeState.REFUSING);
    assertThat(restarted.type("a", ResourceType.LISTENER).nack())
        .isEqualTo(told.type("a", ResourceType.LISTENER).nack());
  }

  @Test
  void remembersThatOthersOfTheBuildTookIt() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    var other = told.connect(Told.node("b"));
    told.takes(stream, good);
    told.takes(other, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    told.takes(other, bad);
    told.fleet.close();

    var restarted = new Told();
    restarted.kept = told.kept;
    restarted.states.putAll(told.states);
    restarted.fleet.remember();
    var newest = restarted.publish("one", "two");
    var again = restarted.connect(Told.node("b"));

    assertThat(restarted.serves(again.node(), newest)).isSameAs(newest);
  }

  @Test
  void forgetsARefusalThatTheNodeTookBack() {
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);

    told.takes(stream, bad);
    told.fleet.close();

    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);
    assertThat(told.kept).isEmpty();
  }

  private static Node build(String id, String version) {
    return Told.node(id).toBuilder().setUserAgentVersion(version).build();
  }
}
