package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Standing;
import myxds.fleet.Census.Query;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import org.junit.jupiter.api.Test;

/** Several Envoys with one id: what one of them ACKs or NACKs is its own matter. */
class SharedIdTest {
  private final Told told = new Told();
  private final GroupSnapshot good = told.publish("one");

  private XdsStream connect() {
    return told.connect(Told.node("a"));
  }

  private XdsStream takes(GroupSnapshot state) {
    var stream = connect();
    told.takes(stream, state);
    return stream;
  }

  private List<NodeStanding> nodes() {
    return told.fleet.census().nodes("a");
  }

  @Test
  void keepsWhatItAckedWhateverAnotherNacks() {
    var first = takes(good);
    var second = takes(good);
    var bad = told.publish("one", "two");
    told.takes(first, bad);

    told.refuses(second, bad);

    assertThat(told.serves(first, bad)).isSameAs(bad);
    assertThat(told.serves(second, bad)).isSameAs(good);
    assertThat(nodes())
        .extracting(NodeStanding::state)
        .containsExactly(NodeState.REFUSING, NodeState.IN_SYNC);
    assertThat(nodes()).allSatisfy(node -> assertThat(node.sharing()).isEqualTo(2));
  }

  @Test
  void offersItToAnotherThatWasThereWhenItCame() {
    var first = takes(good);
    var second = takes(good);
    var bad = told.publish("one", "two");

    told.refuses(second, bad);

    assertThat(told.serves(first, bad)).isSameAs(bad);
  }

  @Test
  void withholdsFromANewOneWhatAnEarlierNackedAndNoneRuns() {
    var first = takes(good);
    var bad = told.publish("one", "two");
    told.refuses(first, bad);

    var second = connect();

    assertThat(told.serves(second, bad)).isSameAs(good);
    var upgraded = Told.node("a").toBuilder().setUserAgentVersion("1.41.0").build();
    assertThat(told.serves(told.connect(upgraded), bad)).isSameAs(bad);
  }

  @Test
  void offersANewOneWhatAnotherRuns() {
    var first = takes(good);
    var second = takes(good);
    var bad = told.publish("one", "two");
    told.takes(first, bad);
    told.refuses(second, bad);
    told.closes(second);

    var third = connect();

    assertThat(told.serves(third, bad)).isSameAs(bad);
  }

  @Test
  void offersItToThoseThatWaitAsSoonAsAnotherRunsIt() {
    var first = takes(good);
    var other = takes(good);
    var bad = told.publish("one", "two");
    told.refuses(first, bad);
    var second = connect();

    told.takes(other, bad);

    assertThat(told.serves(second, bad)).isSameAs(bad);
    assertThat(told.serves(first, bad)).isSameAs(good);
    assertThat(told.events).contains("reassigned edge");
  }

  @Test
  void keepsWhatItRanBeforeItsConnectionBroke() {
    var first = takes(good);
    var second = takes(good);
    var bad = told.publish("one", "two");
    told.takes(second, bad);
    told.refuses(first, bad);
    told.closes(first);
    told.now = told.now.plusMillis(1);
    told.closes(second);

    var again = connect();

    assertThat(told.serves(again, bad)).isSameAs(bad);
    assertThat(nodes()).hasSize(2);
  }

  @Test
  void believesOneThatSaysThatItRunsTheState() {
    var first = takes(good);
    var bad = told.publish("one", "two");
    told.refuses(first, bad);
    told.closes(first);
    told.fleet.close();

    for (boolean delta : List.of(true, false)) {
      var restarted = restarted();
      var newest = restarted.publish("one", "two");
      var holds = restarted.stream(Told.node("a"));
      var other = restarted.connect(Told.node("a"));
      assertThat(restarted.serves(other, newest).version()).isEqualTo(good.version());
      restarted.fleet.requested(holds, says(newest, delta));

      assertThat(restarted.serves(holds, newest)).isSameAs(newest);
      assertThat(restarted.serves(other, newest).version()).isEqualTo(good.version());
    }
  }

  private Told restarted() {
    var restarted = new Told();
    restarted.kept = told.kept;
    restarted.states.putAll(told.states);
    restarted.fleet.remember();
    return restarted;
  }

  /** The first request of a stream whose client runs the listeners of the state. */
  private static Asked says(GroupSnapshot state, boolean delta) {
    var listeners = state.ofType(ResourceType.LISTENER);
    var held = new HashMap<String, String>();
    listeners.all().forEach(one -> held.put(one.name(), one.version()));
    return delta
        ? new Asked(ResourceType.LISTENER, "", "", List.of("*"), held)
        : new Asked(ResourceType.LISTENER, listeners.version(), "", List.of());
  }

  @Test
  void takesThePlaceOfOneThatIsGone() {
    var first = takes(good);
    takes(good);
    told.closes(first);
    assertThat(nodes()).extracting(NodeStanding::sharing).containsExactly(1, 1);

    var again = connect();

    assertThat(nodes())
        .extracting(NodeStanding::address)
        .containsExactlyInAnyOrder("127.0.0.1:2", again.address());
    assertThat(nodes()).extracting(NodeStanding::sharing).containsExactly(2, 2);
  }

  @Test
  void isServedWhatItAckedBeforeItWasStartedAnew() {
    var first = takes(good);
    told.closes(first);
    told.publish("one", "two");
    var bad = told.publish("one", "three");
    var again = connect();

    told.refuses(again, bad);

    assertThat(told.serves(again, bad)).isSameAs(good);
  }

  @Test
  void tellsAdsStreamsOfOneConnectionApart() {
    var first = told.asks(told.stream(Told.node("a"), Transport.ADS_SOTW, "10.0.0.1:4000"));
    var second = told.asks(told.stream(Told.node("a"), Transport.ADS_SOTW, "10.0.0.1:4000"));
    var types = told.asks(told.stream(Told.node("a"), Transport.SOTW, "10.0.0.1:4000"));
    told.takes(first, good);
    told.takes(second, good);
    var bad = told.publish("one", "two");
    told.takes(first, bad);

    told.refuses(second, bad);

    assertThat(told.serves(first, bad)).isSameAs(bad);
    assertThat(told.serves(types, bad)).isSameAs(bad);
    assertThat(told.serves(second, bad)).isSameAs(good);
    assertThat(nodes()).hasSize(2);
  }

  @Test
  void servesAllStreamsOfAClientTheSame() {
    var clusters = told.asks(told.stream(Told.node("a"), Transport.DELTA, "10.0.0.1:4000"));
    var listeners = told.asks(told.stream(Told.node("a"), Transport.DELTA, "10.0.0.1:4000"));
    told.takes(clusters, good, ResourceType.CLUSTER);
    told.takes(clusters, good, ResourceType.LISTENER);
    told.takes(listeners, good);
    var bad = told.publish("one", "two");

    told.refuses(listeners, bad);

    assertThat(told.serves(clusters, bad)).isSameAs(good);
    assertThat(told.events).contains("reassigned edge");
  }

  @Test
  void isListedPageByPage() {
    var streams = List.of(connect(), connect(), connect());
    told.connect(Told.node("b"));
    var ids = new ArrayList<String>();
    String after = null;
    do {
      var page = told.fleet.census().page(new Query(null, null, "", 1, after));
      page.nodes().forEach(node -> ids.add(node.id() + " " + node.address()));
      after = page.next();
    } while (after != null);

    assertThat(ids)
        .containsExactly(
            "a " + streams.get(0).address(),
            "a " + streams.get(1).address(),
            "a " + streams.get(2).address(),
            "b 127.0.0.1:4");
    assertThat(told.fleet.census().page(new Query(null, null, "", 9, "a")).nodes())
        .extracting(NodeStanding::id)
        .containsExactly("b");
  }

  @Test
  void isOfferedItAgainTogether() {
    var first = takes(good);
    var bad = told.publish("one", "two");
    told.refuses(first, bad);
    var second = connect();

    assertThat(told.fleet.retry(null, "a")).containsExactly("a");

    assertThat(told.serves(first, bad)).isSameAs(bad);
    assertThat(told.serves(second, bad)).isSameAs(bad);
  }

  @Test
  void showsAnInferredNackAndServesTheNewestAllTheSame() {
    var stream = takes(good);
    var newest = told.publish("one", "two");
    for (int i = 0; i < 3; i++) {
      told.polls(Told.node("a"), good.version(ResourceType.CLUSTER), newest);
    }

    assertThat(told.serves(stream, newest)).isSameAs(newest);
    assertThat(told.serves(connect(), newest)).isSameAs(newest);
    assertThat(nodes().getFirst().state()).isEqualTo(NodeState.REFUSING);
    assertThat(nodes().getFirst().served()).isEqualTo(newest.version());
    assertThat(told.kept).isEmpty();
  }

  @Test
  void keepsAStandingOfItsOwn() {
    var first = connect();
    var second = connect();

    told.fleet.moved(first, new Standing(ResourceType.CLUSTER, List.of("x"), "", "", false, ""));

    assertThat(nodes())
        .extracting(node -> Objects.requireNonNull(node.types().get(ResourceType.CLUSTER)).names())
        .containsExactlyInAnyOrder(List.of("x"), List.of("*"));
    assertThat(second.address()).isNotEqualTo(first.address());
  }
}
