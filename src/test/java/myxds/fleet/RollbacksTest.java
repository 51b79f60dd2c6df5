package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import myxds.resource.ResourceType;
import myxds.snapshot.Rollback;
import org.junit.jupiter.api.Test;

/** When a whole group goes back. */
class RollbacksTest {
  private final Told told = new Told();
  private final List<String> back = new ArrayList<>();
  private final Rollbacks rollbacks =
      new Rollbacks(() -> told.fleet, (group, to) -> back.add(text(group, to)));

  private static String text(String group, Rollback to) {
    return "%s from %s to %s: %s".formatted(group, to.from(), to.good().version(), reason(to));
  }

  private static String reason(Rollback to) {
    var nacks = to.cause().nacks().stream().map(nack -> nack.node() + " " + nack.what().reason());
    return to.cause().why() + nacks.sorted().toList();
  }

  /** Of four nodes, so many refuse the second state. */
  private List<String> refused(int refusing) {
    var good = told.publish("one");
    var streams =
        List.of("a", "b", "c", "d").stream().map(id -> told.connect(Told.node(id))).toList();
    streams.forEach(stream -> told.takes(stream, good));
    var bad = told.publish("one", "two");
    streams.stream().limit(refusing).forEach(stream -> told.refuses(stream, bad));
    var nack = told.type("a", ResourceType.LISTENER).nack();
    rollbacks.refused("a", "edge", Objects.requireNonNull(nack));
    rollbacks.close();
    return List.of(
        "edge from %s to %s: %d of 4 nodes NACKed it%s"
            .formatted(
                bad.version(),
                good.version(),
                refusing,
                Stream.of("a", "b", "c", "d")
                    .limit(refusing)
                    .map(node -> node + " web: cannot bind")
                    .toList()));
  }

  @Test
  void goesBackWhenAsManyRefuse() {
    told.onNack = new OnNack.Rollback(0.5);

    var expected = refused(2);

    assertThat(back).isEqualTo(expected);
  }

  @Test
  void staysWhenFewerRefuse() {
    told.onNack = new OnNack.Rollback(0.5);

    refused(1);

    assertThat(back).isEmpty();
  }

  @Test
  void staysWhenNobodyWantsIt() {
    refused(4);

    assertThat(back).isEmpty();
  }
}
