package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.BuildVersion;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.type.v3.SemanticVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Standing;
import myxds.fleet.Census.Page;
import myxds.fleet.Census.Query;
import myxds.fleet.NodeStanding.Held;
import myxds.resource.Origin;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetTest {
  private final Told told = new Told();

  @Test
  void listsANodeWithAllThatItTold() {
    var version = SemanticVersion.newBuilder().setMajorNumber(1).setMinorNumber(40).setPatch(2);
    var build = BuildVersion.newBuilder().setVersion(version);
    var node = Told.node("a").toBuilder().setUserAgentBuildVersion(build).build();

    told.connect(node);

    var standing = told.standing("a");
    assertThat(standing.node()).isEqualTo(node);
    assertThat(standing.extensions()).isEqualTo(7);
    assertThat(standing.envoy()).isEqualTo("1.40.2");
    assertThat(standing.group()).isEqualTo("edge");
    assertThat(standing.streams()).containsExactly(new Held("ads-delta", "127.0.0.1:1", Told.NOON));
    assertThat(standing.types()).containsOnlyKeys(ResourceType.CLUSTER, ResourceType.LISTENER);
  }

  @Test
  void listsANodeOnceHoweverManyStreamsItHas() {
    for (int i = 0; i < 2; i++) {
      told.asks(told.stream(Told.node("a"), Transport.DELTA, "10.0.0.1:4000"));
    }

    assertThat(page(null, null, "", 10, null).nodes()).hasSize(1);
    assertThat(told.standing("a").streams()).hasSize(2);
    assertThat(told.events).containsExactly("connected a");
  }

  @Test
  void leavesOutWhoTellsNoName() {
    told.connect(Node.getDefaultInstance());

    assertThat(page(null, null, "", 10, null).nodes()).isEmpty();
  }

  @Test
  void isUnmatchedUntilItsGroupIsServed() {
    told.connect(Told.node("a"));
    assertThat(told.state("a")).isEqualTo(NodeState.UNMATCHED);

    told.publish("one");

    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);
  }

  @Test
  void isInSyncWhenItTookEveryTypeOfTheNewestState() {
    var first = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, first, ResourceType.CLUSTER);
    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);
    told.takes(stream, first, ResourceType.LISTENER);
    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);

    told.publish("one", "two");

    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);
    assertThat(told.type("a", ResourceType.CLUSTER).acked())
        .isEqualTo(first.version(ResourceType.CLUSTER));
  }

  @Test
  void tellsHowLongANodeTookAndWhetherItWaitedForTheState() {
    var stream = told.connect(Told.node("a"));
    told.now = Told.NOON.plusSeconds(1);
    var state = told.publish("one");
    told.now = told.now.plusMillis(30);
    told.takes(stream, state);
    told.takes(stream, state);

    told.takes(told.connect(Told.node("late")), state);

    assertThat(told.events)
        .containsExactly(
            "connected a", "converged a 30 true", "connected late", "converged late 30 false");
  }

  @Test
  void tellsWhoRefusedWhatAndWhereItIsWritten() {
    told.takes(told.connect(Told.node("good")), told.publish("one"));
    var stream = told.connect(Told.node("bad"));
    var state = told.publish("one", "two");

    told.refuses(stream, state);

    assertThat(told.state("bad")).isEqualTo(NodeState.REFUSING);
    assertThat(told.state("good")).isEqualTo(NodeState.BEHIND);
    assertThat(told.type("bad", ResourceType.LISTENER).nack())
        .isEqualTo(
            new Nack(
                ResourceType.LISTENER,
                state.version(),
                state.version(ResourceType.LISTENER),
                "web: cannot bind",
                Told.NOON,
                false,
                "web",
                new Origin("edge/b.yaml", 7, 1)));
    assertThat(told.type("bad", ResourceType.CLUSTER).nack()).isNull();
  }

  @Test
  void turnsGreenWhenWhatWasRefusedIsTakenBack() {
    var good = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, good);
    told.refuses(stream, told.publish("one", "two"));
    assertThat(told.state("a")).isEqualTo(NodeState.REFUSING);

    told.publish("one");
    told.takes(stream, good);

    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);
    assertThat(told.type("a", ResourceType.LISTENER).nack()).isNull();
  }

  @Test
  void listsTheNamesThatNobodyHas() {
    told.publish("one");
    var stream = told.connect(Told.node("a"));

    told.fleet.moved(
        stream,
        new Standing(
            ResourceType.CLUSTER,
            List.of("*", "one", "two", "xdstp://a/envoy.config.cluster.v3.Cluster/b/*"),
            "",
            "",
            true,
            ""));

    assertThat(told.type("a", ResourceType.CLUSTER).missing()).containsExactly("two");
  }

  @Test
  void countsTheDifferentNamesThatConnectedNodesMiss() {
    told.publish("one");
    var gone = told.connect(Told.node("gone"));
    asks(gone, "never");
    told.closes(gone);
    asks(told.connect(Told.node("a")), "one", "two");
    asks(told.connect(Told.node("b")), "two", "three");
    asks(told.connect(Told.node("c").toBuilder().setCluster("other").build()), "four");

    assertThat(told.fleet.census().missing()).isEqualTo(Map.of("edge", 2));
  }

  private void asks(XdsStream stream, String... names) {
    told.fleet.moved(stream, new Standing(ResourceType.CLUSTER, List.of(names), "", "", true, ""));
  }

  @Test
  void tellsOnceThatANodeGoesBackToWhatItTook() {
    var stream = told.connect(Told.node("a"));
    told.takes(stream, told.publish("one"));
    var bad = told.publish("one", "two");
    told.refuses(stream, bad);
    told.refuses(stream, bad);

    assertThat(told.events.stream().filter(event -> event.startsWith("rolled back")))
        .containsExactly("rolled back a");
  }

  @Test
  void keepsANodeListedForAWhileWhenItIsGone() {
    var state = told.publish("one");
    var stream = told.connect(Told.node("a"));
    told.takes(stream, state);

    told.closes(stream);
    told.closes(stream);

    assertThat(told.state("a")).isEqualTo(NodeState.GONE);
    assertThat(told.type("a", ResourceType.CLUSTER).acked())
        .isEqualTo(state.version(ResourceType.CLUSTER));
    assertThat(told.events).endsWith("converged a 0 false", "disconnected a");
    told.now = Told.NOON.plus(Duration.ofMinutes(11));
    assertThat(told.fleet.census().node("a")).isEmpty();
  }

  @Test
  void keepsNoMoreThanSoManyThatAreGone() {
    IntStream.range(0, 100_000).forEach(i -> told.closes(told.connect(Told.node("hostile-" + i))));

    assertThat(page(null, null, "", 1, null).total()).isEqualTo(10_000);
  }

  @Test
  void findsNodesByGroupStateAndText() {
    var state = told.publish("one");
    told.takes(told.connect(Told.node("Alpha")), state);
    told.connect(Told.node("beta"));
    told.connect(Told.node("gamma").toBuilder().setCluster("other").build());

    assertThat(ids(page("edge", null, "", 10, null))).containsExactly("Alpha", "beta");
    assertThat(ids(page(null, NodeState.UNMATCHED, "", 10, null))).containsExactly("gamma");
    assertThat(ids(page(null, null, "ALP", 10, null))).containsExactly("Alpha");
    assertThat(ids(page(null, null, "oth", 10, null))).containsExactly("gamma");
    assertThat(page("edge", NodeState.BEHIND, "", 10, null).counts())
        .containsEntry(NodeState.IN_SYNC, 1)
        .containsEntry(NodeState.BEHIND, 1)
        .containsEntry(NodeState.UNMATCHED, 0);
    assertThat(told.fleet.census().counts().get("other")).containsEntry(NodeState.UNMATCHED, 1);
  }

  @Test
  void givesNodesInPages() {
    for (var id : List.of("c", "a", "b")) {
      told.connect(Told.node(id));
    }

    var first = page(null, null, "", 2, null);
    var second = page(null, null, "", 2, first.next());

    assertThat(ids(first)).containsExactly("a", "b");
    assertThat(first.total()).isEqualTo(3);
    assertThat(ids(second)).containsExactly("c");
    assertThat(second.next()).isNull();
  }

  @Test
  void infersARefusalFromTheOldVersionAskedAgain() {
    var first = told.publish("one");
    var node = Told.node("a");
    told.polls(node, "", first);
    told.polls(node, first.version(ResourceType.CLUSTER), first);
    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);

    var second = told.publish("one", "two");
    told.polls(node, first.version(ResourceType.CLUSTER), second);
    assertThat(told.state("a")).isEqualTo(NodeState.BEHIND);
    told.polls(node, first.version(ResourceType.CLUSTER), second);

    assertThat(told.state("a")).isEqualTo(NodeState.REFUSING);
    var nack = Objects.requireNonNull(told.type("a", ResourceType.CLUSTER).nack());
    assertThat(nack.inferred()).isTrue();
    assertThat(nack.version()).isEqualTo(second.version(ResourceType.CLUSTER));
    assertThat(told.standing("a").streams().getFirst().transport()).isEqualTo("rest");
    told.now = told.now.plus(Duration.ofMinutes(6));
    assertThat(told.state("a")).isEqualTo(NodeState.GONE);
  }

  @Test
  void goesOnWhenAPollingClientTakesTheNextVersion() {
    var state = told.publish("one");
    told.fleet.requested(
        told.stream(Told.node("a"), Transport.REST),
        new Asked(ResourceType.CLUSTER, "", "", List.of("one")));
    told.polls(Told.node("a"), "", state);

    told.polls(Told.node("a"), state.version(ResourceType.CLUSTER), state);

    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);
  }

  private Page page(
      @Nullable String group,
      @Nullable NodeState state,
      String text,
      int limit,
      @Nullable String after) {
    return told.fleet.census().page(new Query(group, state, text, limit, after));
  }

  private static List<String> ids(Page page) {
    return page.nodes().stream().map(NodeStanding::id).toList();
  }
}
