package myxds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MAX = 100L << 20;

  private final List<String> reported = new ArrayList<>();
  private HeapWatch.Sample now = new HeapWatch.Sample(0, 0, MAX, 0);
  private boolean isGarbage;
  private final HeapWatch watch = new HeapWatch(() -> now, this::collect, reported::add);

  private void collect() {
    if (isGarbage) {
      now = new HeapWatch.Sample(now.nanos(), 0, MAX, now.collecting());
    }
  }

  /** Looks once a second. */
  private void passes(int seconds, int percent, double collecting) {
    for (int i = 0; i < seconds; i++) {
      now =
          new HeapWatch.Sample(
              now.nanos() + SECOND,
              MAX * percent / 100,
              MAX,
              now.collecting() + (long) (collecting * SECOND));
      watch.look();
    }
  }

  @Test
  void reportsAHeapThatStaysFull() {
    passes(30, 97, 0);

    assertThat(reported.getFirst()).contains("full for 15 s: 97 of 100 MiB").contains("-Xmx");
  }

  @Test
  void reportsAHeapThatIsCollectedMostOfTheTime() {
    passes(30, 88, 0.6);

    assertThat(reported).isNotEmpty();
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
