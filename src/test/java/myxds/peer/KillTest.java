package myxds.peer;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the daemon while it publishes, and starts it where nothing can be read: it serves a state
 * as it was published, whole. {@code -Dkill.rounds=200 -Dkill.seed=1}.
 */
final class KillTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime());

  /** So many rounds cannot all miss the moments between the first file of a state and its last. */
  private static final int TELLING = 50;

  /** About how long a state is being kept. */
  private static final Duration KEEPING = Duration.ofMillis(50);

  private static final int FILES = 30;
  private static final int CLUSTERS = 20;
  private static final Pattern CLUSTER = Pattern.compile("\"name\": ?\"c[0-9]+-g([0-9]+)\"");
  private static final Pattern ROUTE = Pattern.compile("\"cluster\": ?\"c0-g([0-9]+)\"");

  @TempDir private Path folder;
  private Path group;
  private final Random random = new Random(SEED);
  private int written;

  /** In how many rounds a part of a state was on the disk, and not the whole. */
  private int halves;

  /** From the last word of an edit to its being served, when nobody killed. */
  private Duration publishing = Duration.ofMillis(300);

  @Test
  void leavesAPublishedStateForTheNextStart() throws Exception {
    group = Files.createDirectories(folder.resolve("config/node1"));
    // Each generation has other names: that looks like a mass removal.
    Files.writeString(folder.resolve("config/my-xds.yaml"), "guard: off\n");
    write();
    int served = written;
    try (var daemon = DaemonProcess.ready(folder.resolve("config"))) {
      for (int round = 0; round < ROUNDS; round++) {
        kill(daemon, round);
        Files.writeString(group.resolve("broken.yaml"), "{");
        daemon.start();

        int now = generation(daemon);
        assertThat(now).as("round %d, seed %d", round, SEED).isIn(served, written);

        Files.delete(group.resolve("broken.yaml"));
        long since = System.nanoTime();
        await().until(() -> daemon.fetch("routes").contains("\"c0-g" + written + "\""));
        publishing = Duration.ofNanos(System.nanoTime() - since);
        served = written;
      }
    }
    if (ROUNDS >= TELLING) {
      assertThat(halves).as("half states, seed %d", SEED).isPositive();
    }
  }

  /** At any moment of an edit's way, and in every other round while its state is being kept. */
  private void kill(DaemonProcess daemon, int round) throws Exception {
    var before = kept();
    write();
    if (round % 2 == 0) {
      await().pollInterval(Duration.ofNanos(100_000)).until(() -> !before.containsAll(kept()));
    }
    daemon.killAfter(upTo(round % 2 == 0 ? KEEPING : publishing));
    var fresh = kept();
    fresh.removeAll(before);
    if (!fresh.isEmpty() && fresh.stream().noneMatch(file -> file.endsWith(".json"))) {
      halves++;
    }
  }

  private Duration upTo(Duration most) {
    return Duration.ofNanos(random.nextLong(most.toNanos()));
  }

  /** What is in the state folder. */
  private Set<String> kept() {
    var files = new HashSet<String>();
    collect(folder.resolve("state").toFile(), files);
    return files;
  }

  private static void collect(File file, Set<String> files) {
    var inside = file.listFiles();
    if (inside == null) {
      files.add(file.getName());
    } else {
      Stream.of(inside).forEach(one -> collect(one, files));
    }
  }

  /** Of all that is served: a state of two generations is none that was ever published. */
  private int generation(DaemonProcess daemon) {
    var clusters = daemon.fetch("clusters");
    assertThat(CLUSTER.matcher(clusters).results()).hasSize(FILES * CLUSTERS);
    var found = generations(CLUSTER, clusters);
    found.addAll(generations(ROUTE, daemon.fetch("routes")));
    assertThat(found).as("seed %d", SEED).hasSize(1);
    return Integer.parseInt(found.iterator().next());
  }

  private static Set<String> generations(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).collect(toSet());
  }

  /** The next generation: file by file, so that what is there in between is refused. */
  private void write() throws IOException {
    written++;
    for (int file = 0; file < FILES; file++) {
      var text = new StringBuilder("resources:\n");
      for (int i = file * CLUSTERS; i < (file + 1) * CLUSTERS; i++) {
        text.append(
            "- {\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: c%d-g%d}\n"
                .formatted(i, written));
      }
      write("c" + file + ".yaml", text.toString());
    }
    write(
        "routes.yaml",
        """
        "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
        name: routes
        virtual_hosts:
        - {name: all, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: c0-g%d}}]}
        """
            .formatted(written));
  }

  private void write(String name, String text) throws IOException {
    var beside = Files.writeString(group.resolve("." + name), text);
    Files.move(beside, group.resolve(name), ATOMIC_MOVE);
  }
}
