package myxds.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllObserversTest {

  @Test
  void tellsTheOthersWhenOneThrows() {
    var broken =
        new DiscoveryObserver() {
          @Override
          public void streamClosed(XdsStream stream, String status, Duration lived) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    var recorder = new Recorder();
    var all = DiscoveryObserver.all(List.of(broken, recorder));

    all.streamClosed(XdsStream.begin(Transport.SOTW, ""), "OK", Duration.ZERO);

    assertThat(recorder.events()).containsExactly("closed  OK");
  }
}
