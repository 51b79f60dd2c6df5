package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import myxds.fleet.FleetObserver.Convergence;
import myxds.fleet.Publication.Step;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a change spreads over the nodes of its group. */
class ChangesTest {
  private static final GroupSnapshot STATE = GroupSnapshot.of(List.of());

  private final Changes changes = new Changes(InstantSource.fixed(Told.NOON));

  @BeforeEach
  void publish() {
    changes.judged("edge", new Outcome.Published(STATE, Duration.ZERO));
  }

  /** The client {@code id}, or {@code id@address} of several that share the id. */
  private static ClientKey client(String text) {
    var parts = text.split("@", -1);
    return new ClientKey(parts[0], parts.length > 1 ? parts[1] : "", 0);
  }

  private void acks(String node, int millis) {
    var took = Duration.ofMillis(millis);
    changes.converged(client(node), "edge", new Convergence(STATE.version(), took, true));
  }

  private void nacks(String node) {
    var nack =
        new Nack(ResourceType.LISTENER, STATE.version(), "v", "no", Told.NOON, false, "web", null);
    changes.refused(client(node), "edge", nack);
  }

  private static Step step(int millis, int nodes) {
    return new Step(Duration.ofMillis(millis), nodes);
  }

  @Test
  void ordersStepsByTimeWhenNodesReportOutOfOrder() {
    acks("a", 30);
    acks("b", 10);
    acks("c", 20);

    assertThat(changes.all().getFirst().spread())
        .containsExactly(step(10, 1), step(20, 2), step(30, 3));
  }

  @Test
  void neverRunsBackwardsForALargeFleet() {
    IntStream.range(0, 2_000).forEach(i -> acks("node-" + i, i * 7919 % 2_000));

    var spread = changes.all().getFirst().spread();
    assertThat(spread).hasSizeLessThanOrEqualTo(200);
    assertThat(spread).extracting(Step::after).isSorted();
    assertThat(spread).extracting(Step::nodes).isSorted();
    assertThat(spread.getLast()).isEqualTo(step(1_999, 2_000));
  }

  @Test
  void countsNodesThatNackedItUntilTheyAckIt() {
    nacks("a");
    nacks("a");
    nacks("b");
    acks("b", 10);

    assertThat(changes.all().getFirst().nacked()).isEqualTo(1);
  }

  @Test
  void countsClientsThatShareAnIdOneByOne() {
    nacks("edge@10.0.0.1:1");
    nacks("edge@10.0.0.2:1");
    acks("edge@10.0.0.3:1", 5);

    assertThat(changes.all().getFirst().nacked()).isEqualTo(2);
  }
}
