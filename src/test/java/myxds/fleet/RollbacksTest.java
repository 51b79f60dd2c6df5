package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Refusal;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Rollback;
import org.junit.jupiter.api.Test;

/** When a whole group goes back. */
class RollbacksTest {
  private static final Duration AGE = Duration.ofMinutes(1);

  private final Told told = new Told();
  private final List<String> back = new CopyOnWriteArrayList<>();
  private final Rollbacks rollbacks =
      new Rollbacks(
          () -> told.fleet,
          (group, to) -> back.add(text(group, to)),
          new Rollbacks.Options(AGE, () -> told.now));

  private static String text(String group, Rollback to) {
    return "%s from %s to %s: %s".formatted(group, to.from(), to.good().version(), reason(to));
  }

  private static String reason(Rollback to) {
    var nacks = to.cause().nacks().stream().map(nack -> nack.node() + " " + nack.what().reason());
    return to.cause().why() + nacks.sorted().toList();
  }

  private final List<String> ids = List.of("a", "b", "c", "d");

  /** Four nodes that ACKed a first state, and have been connected for so long. */
  private List<XdsStream> connected(Duration age) {
    var good = told.publish("one");
    var streams = ids.stream().map(id -> told.connect(Told.node(id))).toList();
    streams.forEach(stream -> told.takes(stream, good));
    told.now = told.now.plus(age);
    return streams;
  }

  private void considered(GroupSnapshot bad) {
    rollbacks.refused(new ClientKey("a", "", 0), "edge", nack(bad));
    rollbacks.close();
  }

  private static Nack nack(GroupSnapshot bad) {
    var version = bad.version(ResourceType.LISTENER);
    return Nack.said(
        ResourceType.LISTENER, new Refusal(version, bad.version(), "no", null), Told.NOON);
  }

  @Test
  void goesBackWhenAsManyRefuse() {
    told.onNack = new OnNack.Rollback(0.5);
    var streams = connected(AGE);
    var good = told.serves(streams.getFirst(), told.publish("one"));
    var bad = told.publish("one", "two");

    streams.stream().limit(2).forEach(stream -> told.refuses(stream, bad));
    considered(bad);

    assertThat(back)
        .containsExactly(
            "edge from %s to %s: 2 of 4 nodes NACKed it%s"
                .formatted(
                    bad.version(),
                    good.version(),
                    List.of("a web: cannot bind", "b web: cannot bind")));
  }

  @Test
  void staysWhenFewerRefuse() {
    told.onNack = new OnNack.Rollback(0.5);
    var streams = connected(AGE);
    var bad = told.publish("one", "two");

    told.refuses(streams.getFirst(), bad);
    considered(bad);

    assertThat(back).isEmpty();
  }

  @Test
  void staysWhenNobodyWantsIt() {
    var streams = connected(AGE);
    var bad = told.publish("one", "two");

    streams.forEach(stream -> told.refuses(stream, bad));
    considered(bad);

    assertThat(back).isEmpty();
  }

  @Test
  void countsNoNodeThatNeverAckedAnEarlierState() {
    told.onNack = new OnNack.Rollback(0.3);
    connected(AGE);
    var bad = told.publish("one", "two");
    var invented = IntStream.range(0, 5).mapToObj(i -> told.connect(Told.node("x" + i))).toList();
    told.now = told.now.plus(AGE);

    invented.forEach(stream -> told.refuses(stream, bad));
    considered(bad);

    assertThat(back).isEmpty();
  }

  @Test
  void countsTheNodesOfOneAddressOnce() {
    told.onNack = new OnNack.Rollback(0.3);
    var good = told.publish("one");
    connected(Duration.ZERO);
    var invented =
        IntStream.range(0, 5)
            .mapToObj(i -> told.stream(Told.node("x" + i), Transport.ADS_SOTW, "10.0.0.1:4000"))
            .toList();
    invented.forEach(stream -> told.takes(told.asks(stream), good));
    told.now = told.now.plus(AGE);
    var bad = told.publish("one", "two");

    invented.forEach(stream -> told.refuses(stream, bad));
    considered(bad);

    assertThat(back).isEmpty();
    assertThat(told.fleet.census().refusers("edge", AGE).orElseThrow().clients()).isEqualTo(5);
  }

  @Test
  void goesBackAsSoonAsANodeThatRefusedHasBeenThereLongEnough() {
    told.onNack = new OnNack.Rollback(0.2);
    var streams = connected(AGE.minusMillis(50));
    var bad = told.publish("one", "two");
    told.refuses(streams.getFirst(), bad);
    rollbacks.refused(new ClientKey("a", "", 0), "edge", nack(bad));
    // The first look is over as soon as it is planned when to look again.
    await().until(rollbacks::isPlanned);
    assertThat(back).isEmpty();

    told.now = told.now.plusMillis(50);

    await().untilAsserted(() -> assertThat(back).hasSize(1));
    rollbacks.close();
  }

  @Test
  void doesNotTakeTheFirstThatCountsForTheWholeGroup() {
    told.onNack = new OnNack.Rollback(0.3);
    var first = told.connect(Told.node("first"));
    told.takes(first, told.publish("one"));
    told.now = told.now.plusMillis(5);
    connected(AGE.minusMillis(5));
    var bad = told.publish("one", "two");

    told.refuses(first, bad);
    considered(bad);

    assertThat(back).isEmpty();
  }

  @Test
  void doesNotCountWhatIsInferred() {
    told.onNack = new OnNack.Rollback(0.1);
    connected(AGE);
    var bad = told.publish("one", "two");
    var old = "an older version";
    for (int i = 0; i < 3; i++) {
      told.polls(Told.node("a"), old, bad);
    }

    considered(bad);

    assertThat(told.state("a")).isEqualTo(NodeState.REFUSING);
    assertThat(back).isEmpty();
  }
}
