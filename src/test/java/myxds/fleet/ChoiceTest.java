package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

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

    assertThat(told.serves(other, state)).isSameAs(state);
  }

  @Test
  void servesWhatANodeTookLastInsteadOfWhatItRefused() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    assertThat(told.serves(stream, bad)).isSameAs(bad);

    told.refuses(stream, bad);

    assertThat(told.serves(stream, bad)).isSameAs(good);
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

    assertThat(told.serves(again, bad)).isSameAs(good);
    assertThat(told.state("a")).isEqualTo(NodeState.REFUSING);
  }

  @Test
  void offersTheNextState() {
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    told.refuses(stream, told.publish("one", "two"));

    var next = told.publish("one", "three");

    assertThat(told.serves(stream, next)).isSameAs(next);
  }

  @Test
  void tellsOfOtherChangesAndKeepsBackWhatWasRefused() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);

    var other = told.publishWith(bad, "three");

    var served = told.serves(stream, other);
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

    assertThat(told.serves(stream, again)).isSameAs(again);
  }

  @Test
  void offersItToANodeThatWasUpgraded() {
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    told.closes(stream);

    var upgraded = Told.node("a").toBuilder().setUserAgentVersion("1.41.0").build();
    var again = told.connect(upgraded);

    assertThat(told.serves(again, bad)).isSameAs(bad);
    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);
  }

  @Test
  void servesOthersTheNewestWhateverANodeOfTheirBuildRefused() {
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);

    var other = told.connect(Told.node("other"));

    assertThat(told.serves(other, bad)).isSameAs(bad);
    assertThat(told.state("other")).isEqualTo(NodeState.BEHIND);
  }

  @Test
  void servesANodeThatNeverTookAnythingWhatOthersTook() {
    var good = told.publish("one");
    told.takes(told.connect(Told.node("a")), good);
    var bad = told.publish("one", "two");
    var stream = told.connect(Told.node("b"));

    told.refuses(stream, bad);

    assertThat(told.serves(stream, bad)).isSameAs(good);
  }

  @Test
  void servesTheNewestWhenNobodyEverTookAnything() {
    var bad = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.refuses(stream, bad);

    assertThat(told.serves(stream, bad)).isSameAs(bad);
  }

  @Test
  void doesNotTakeTheFirstStepOfANodeForTheWhole() {
    var state = told.publish("one");
    var stream = told.stream(Told.node("a"));
    told.fleet.requested(stream, new Asked(ResourceType.CLUSTER, "", "", List.of()));
    told.takes(stream, state, ResourceType.CLUSTER);

    told.refuses(stream, state);

    assertThat(told.serves(stream, state)).isSameAs(state);
    assertThat(told.serves(told.connect(Told.node("b")), state)).isSameAs(state);
  }

  @Test
  void offersItAgainWhenSomebodySaysSo() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    told.connect(Told.node("b"));

    assertThat(told.fleet.retry("other", null)).isEmpty();
    assertThat(told.fleet.retry(null, "b")).isEmpty();
    assertThat(told.fleet.retry("edge", null)).containsExactly("a");

    assertThat(told.serves(stream, bad)).isSameAs(bad);
    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);
  }

  @Test
  void doesNotCareWhenTheGroupIgnoresRefusals() {
    told.onNack = new OnNack.Ignore();
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    var bad = told.publish("one", "two");

    told.refuses(stream, bad);

    assertThat(told.serves(stream, bad)).isSameAs(bad);
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
    var other = restarted.connect(Told.node("b"));

    assertThat(restarted.serves(again, newest).version()).isEqualTo(good.version());
    assertThat(restarted.serves(other, newest)).isSameAs(newest);
    assertThat(restarted.state("a")).isEqualTo(NodeState.REFUSING);
    assertThat(restarted.type("a", ResourceType.LISTENER).nack())
        .isEqualTo(told.type("a", ResourceType.LISTENER).nack());
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
}
