package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cluster, endpoints and route replaced in one save, the old ones gone with it, again and again
 * under traffic, with the control plane a round trip of 50 ms away. Whatever Envoy is told in the
 * wrong order is a request that nobody answers.
 */
final class SwapTest {
  private static final int SWAPS = 50;
  private static final int REQUESTS_PER_SECOND = 200;
  private static final Duration ONE_WAY = Duration.ofMillis(25);
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final int port = TestDaemon.freePort();
  private Upstream blue;
  private Upstream green;

  @BeforeEach
  void startUpstreams() throws IOException {
    blue = Upstream.answering("blue");
    green = Upstream.answering("green");
  }

  @AfterEach
  void stopUpstreams() {
    blue.close();
    green.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"ADS_SOTW", "ADS_DELTA"})
  void losesNoRequest(Protocol protocol) throws Exception {
    var config = ConfigFolder.in(folder);
    config.write("listener", Resources.listener(port, protocol));
    swap(0, protocol, config);

    try (var daemon = TestDaemon.ready(config.root());
        var relay = FarRelay.to(daemon.grpcPort(), ONE_WAY);
        var envoy = RealEnvoy.start(protocol.bootstrap(relay.port()), folder)) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(RealEnvoy.through(port, "/")).as(envoy::log).isEqualTo("200 blue"));

      long begun = System.nanoTime();
      var answers = swapUnderTraffic(protocol, config);

      report(protocol, answers, Duration.ofNanos(System.nanoTime() - begun));
      assertThat(lost(answers)).isEmpty();
      assertThat(total(answers)).isGreaterThan(SWAPS);
      await().atMost(SOON).until(() -> envoy.stat("cluster_manager.active_clusters") == 2);
    }
  }

  private SortedMap<String, Long> swapUnderTraffic(Protocol protocol, ConfigFolder config)
      throws Exception {
    try (var traffic = Traffic.start(port, REQUESTS_PER_SECOND)) {
      for (int i = 1; i <= SWAPS; i++) {
        swap(i, protocol, config);
        var expected = "200 " + color(i);
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> traffic.latest().equals(expected));
      }
      return traffic.stop();
    }
  }

  /** One save: nothing of the color before is left, not even the name of its cluster. */
  private void swap(int i, Protocol protocol, ConfigFolder config) throws IOException {
    var name = color(i) + "-" + i;
    config.write(
        "swapped",
        Resources.cluster(name, protocol.source()),
        Resources.endpoints(name, (i % 2 == 0 ? blue : green).port()),
        Resources.route("/", name));
  }

  private static String color(int i) {
    return i % 2 == 0 ? "blue" : "green";
  }

  private static SortedMap<String, Long> lost(SortedMap<String, Long> answers) {
    var lost = new TreeMap<>(answers);
    lost.keySet().removeIf(answer -> answer.startsWith("200 "));
    return lost;
  }

  private static long total(SortedMap<String, Long> answers) {
    return answers.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void report(Protocol protocol, SortedMap<String, Long> answers, Duration took) {
    long requests = total(answers);
    System.out.println(
        "swaps, %s: %d in %d ms under %d requests/s, %d requests, %d lost: %s"
            .formatted(
                protocol.label(),
                SWAPS,
                took.toMillis(),
                requests * 1000 / took.toMillis(),
                requests,
                total(lost(answers)),
                answers));
  }
}
