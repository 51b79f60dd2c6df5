package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import myxds.snapshot.KeptNode;
import org.junit.jupiter.api.Test;

/** The nodes that were connected before a restart. */
class AwaitedNodesTest {
  private static final Duration TIME = Duration.ofMinutes(2);

  private final Told told = new Told();
  private final AwaitedNodes awaited = start();

  private AwaitedNodes start() {
    told.publish("one");
    return new AwaitedNodes(
        () -> told.fleet, told.lastGood, new AwaitedNodes.Options(TIME, () -> told.now));
  }

  private static Node of(String group, String id) {
    return Told.node(id).toBuilder().setCluster(group).build();
  }

  @Test
  void awaitsEachClientThatHasNotComeBack() {
    told.nodes = List.of(new KeptNode("edge", "a", 1), new KeptNode("edge", "b", 3));
    awaited.remember();
    awaited.accepting();

    assertThat(awaited.byGroup()).isEqualTo(Map.of("edge", List.of("a", "b", "b", "b")));
    told.connect(Told.node("b"));
    assertThat(awaited.byGroup()).isEqualTo(Map.of("edge", List.of("a", "b", "b")));
    told.connect(Told.node("a"));
    told.connect(Told.node("b"));
    told.connect(Told.node("b"));
    assertThat(awaited.byGroup()).isEmpty();
    awaited.close();
  }

  @Test
  void knowsThemBeforeTheyCanComeBack() {
    told.nodes = List.of(new KeptNode("edge", "a", 1));
    awaited.remember();

    assertThat(awaited.byGroup()).isEqualTo(Map.of("edge", List.of("a")));
    awaited.close();
  }

  @Test
  void awaitsNobodyForEver() {
    told.nodes = List.of(new KeptNode("edge", "a", 1));
    awaited.remember();
    awaited.accepting();

    told.now = told.now.plus(TIME).plusMillis(1);

    assertThat(awaited.byGroup()).isEmpty();
    awaited.close();
    assertThat(told.nodes).isEmpty();
  }

  @Test
  void doesNotAwaitANodeThatBelongsToAnotherGroupNow() {
    told.nodes = List.of(new KeptNode("edge", "a", 1));
    awaited.remember();
    awaited.accepting();

    told.connect(of("west", "a"));

    assertThat(awaited.byGroup()).isEmpty();
    awaited.close();
    assertThat(told.nodes).containsExactly(new KeptNode("west", "a", 1));
  }

  @Test
  void keepsWhoIsConnectedAndWhoIsStillAwaited() {
    told.nodes = List.of(new KeptNode("edge", "a", 1), new KeptNode("edge", "b", 2));
    awaited.remember();
    awaited.accepting();

    told.connect(Told.node("b"));
    told.connect(Told.node("c"));
    awaited.connected("c", "edge");

    await()
        .untilAsserted(() ->
            assertThat(told.nodes)
                .containsExactlyInAnyOrder(
                    new KeptNode("edge", "a", 1),
                    new KeptNode("edge", "b", 2),
                    new KeptNode("edge", "c", 1)));
    awaited.close();
  }

  @Test
  void keepsNodesThatLeaveBecauseOfTheStop() {
    awaited.remember();
    awaited.accepting();
    var stream = told.connect(Told.node("a"));

    awaited.close();
    told.closes(stream);
    awaited.disconnected("a", "edge");

    assertThat(told.nodes).containsExactly(new KeptNode("edge", "a", 1));
  }
}
