package myxds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MAX = 100L << 20;

  private final List<String> reported = new ArrayList<>();
  private HeapWatch.Sample now = new HeapWatch.Sample(0, MAX, 0);
  private long nanos;
  private boolean isGarbage;
  private final HeapWatch watch =
      new HeapWatch(() -> now, this::collect, why -> reported.add(why.get()));

  private void collect() {
    if (isGarbage) {
      now = new HeapWatch.Sample(0, MAX, now.collecting());
    }
  }

  /** Looks once a second. */
  private void passes(int seconds, int percent, double collecting) {
    for (int i = 0; i < seconds; i++) {
      now =
          new HeapWatch.Sample(
              MAX * percent / 100, MAX, now.collecting() + (long) (collecting * SECOND));
      nanos += SECOND;
      watch.look(nanos);
    }
  }

  @Test
  void reportsAHeapThatStaysFull() {
    passes(30, 97, 0);

    assertThat(reported.getFirst()).contains("full for 15 s: 97 of 100 MiB").contains("-Xmx");
  }

  @Test
  void reportsAHeapThatIsCollectedMostOfTheTime() {
    passes(30, 75, 0.6);

    assertThat(reported).isNotEmpty();
  }

  @Test
  void reportsAHeapWithoutRoomForALook() {
    var full =
        new HeapWatch(
            () -> {
              throw new OutOfMemoryError();
            },
            this::collect,
            why -> reported.add(why.get()));

    assertThat(full.look(0)).isFalse();
    assertThat(full.look(14 * SECOND)).isFalse();
    assertThat(full.look(15 * SECOND)).isTrue();

    assertThat(reported.getFirst()).contains("no room").contains("-Xmx");
  }

  @Test
  void isSilentAboutAHeapThatIsFullForAMoment() {
    passes(10, 97, 0.9);
    passes(1, 60, 0);
    passes(10, 97, 0.9);

    assertThat(reported).isEmpty();
  }

  @Test
  void isSilentAboutAHeapThatIsNearlyFullAndSeldomCollected() {
    passes(60, 90, 0.1);

    assertThat(reported).isEmpty();
  }

  @Test
  void isSilentWhenACollectionEmptiesIt() {
    isGarbage = true;
    passes(60, 97, 0);

    assertThat(reported).isEmpty();
  }
}
