package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import myxds.peer.DaemonProcess.Typed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline types after a save, and how that ends: three Envoys of one group. */
final class PipelineTest {
  /** A client counts for a rollback when it has been connected for a minute. */
  private static final Duration ROLLED_BACK = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Trio trio;
  private DaemonProcess daemon;

  @BeforeEach
  void start() throws Exception {
    trio = Trio.start(folder);
    daemon = trio.daemon;
    assertThat(waits("--nodes", "3").exit()).isZero();
  }

  @AfterEach
  void stop() {
    trio.close();
  }

  private Typed waits(String... options) throws Exception {
    var words = Stream.concat(Stream.of("wait", "--group", "edge"), Stream.of(options));
    return daemon.types(words.toArray(String[]::new));
  }

  @Test
  void succeedsWhenTheNodesRunTheFilesThatWereSaved() throws Exception {
    trio.write("two", false);

    assertThat(waits()).isEqualTo(new Typed(0, "3 nodes: 3 in sync\n", ""));
    assertThat(daemon.types("status").exit()).isZero();
    for (int envoy = 0; envoy < 3; envoy++) {
      assertThat(trio.envoys.get(envoy).values("dynamic_listeners", "stat_prefix")).contains("two");
    }
  }

  @Test
  void logsThatANodeIsInSyncAfterItsLastAck() throws Exception {
    var lines = daemon.printed().lines().toList();

    for (var node : List.of("edge-1", "edge-2", "edge-3")) {
      var acked = lines.stream().filter(line -> isOf(line, " acked ", node)).toList();
      var inSync = lines.stream().filter(line -> isOf(line, " in sync ", node)).toList();
      assertThat(acked).as(node).hasSizeGreaterThanOrEqualTo(4);
      assertThat(inSync).as(node).hasSize(1);
      assertThat(lines.indexOf(inSync.getFirst()))
          .as(node)
          .isGreaterThan(lines.indexOf(acked.getLast()));
    }
  }

  private static boolean isOf(String line, String event, String node) {
    return line.contains(event) && (line + " ").contains(" node=" + node + " ");
  }

  @Test
  void failsWithThePlaceWhenTheFilesAreWrong() throws Exception {
    trio.config.write("listener", "nonsense: true\n");

    var typed = waits();

    assertThat(typed.exit()).isEqualTo(5);
    assertThat(typed.err())
        .contains("group edge is degraded", "\n  edge/listener.yaml:1:1: error: ");
    assertThat(daemon.types("status").exit()).isEqualTo(1);
  }

  @Test
  void failsWithTheNodesOwnWordsWhenOneNacks() throws Exception {
    trio.write("two", true);

    var typed = waits();

    assertThat(typed.exit()).isEqualTo(4);
    assertThat(typed.err())
        .startsWith("my-xds: 3 nodes: 2 in sync, 1 refusing\n")
        .contains("node edge-3: listeners: edge/listener.yaml:1: web: ", "'lua'");
    assertThat(daemon.types("status").exit()).isEqualTo(1);
    assertThat(waits("--acked", "60%").exit()).isZero();
  }

  @Test
  void failsWithTheReasonWhenTheGroupIsRolledBackAndAfterARestart() throws Exception {
    trio.settings(", on_nack: {rollback: {share: 30%}}");
    daemon.stop();
    daemon.start();
    assertThat(waits("--nodes", "3").exit()).isZero();
    trio.write("two", true);
    await()
        .atMost(ROLLED_BACK)
        .until(() -> daemon.admin("/api/v1/groups").contains("\"cause\":\"rollback\""));

    isRolledBack();
    daemon.stop();
    daemon.start();
    isRolledBack();

    trio.write("three", false);
    assertThat(waits("--nodes", "3")).isEqualTo(new Typed(0, "3 nodes: 3 in sync\n", ""));
  }

  private void isRolledBack() throws Exception {
    var typed = waits();
    assertThat(typed.exit()).isEqualTo(5);
    assertThat(typed.err())
        .startsWith("my-xds: group edge was rolled back: 1 of ")
        .contains(
            "\n  edge/listener.yaml:1:1: error: rolled back: ", "node edge-3 NACKed", "'lua'");
    assertThat(daemon.types("status").exit()).isEqualTo(1);
    assertThat(daemon.admin("/metrics"))
        .contains("myxds_group_state{group=\"edge\",state=\"rolled_back\"} 1.0")
        .contains("myxds_group_state{group=\"edge\",state=\"held\"} 0.0");
  }

  @Test
  void failsWhenTheGuardHoldsIt() throws Exception {
    Files.delete(trio.config.root().resolve("edge").resolve("listener.yaml"));

    var typed = waits();

    assertThat(typed.exit()).isEqualTo(5);
    assertThat(typed.err())
        .contains("group edge is held: no listeners are left of 1", "my-xds approve --group edge");
    assertThat(daemon.types("status").exit()).isEqualTo(1);
  }

  @Test
  void failsForAGroupThatIsMisspelled() throws Exception {
    var typed = daemon.types("wait", "--group", "egde");

    assertThat(typed).isEqualTo(new Typed(6, "", "my-xds: no group \"egde\" (there are: edge)\n"));
  }

  @Test
  void goesOnWhenTheDaemonIsRestartedInTheMiddle() throws Exception {
    var waiting = daemon.begin("wait", "--group", "edge", "--nodes", "4");
    await().until(waiting::isAnswered);
    trio.write("two", false);
    trio.runs(0, "two");
    daemon.stop();
    trio.write("three", false);
    daemon.start();
    try (var fourth = trio.another("edge-4")) {
      var typed = waiting.end();

      assertThat(typed).isEqualTo(new Typed(0, "4 nodes: 4 in sync\n", ""));
      assertThat(fourth.values("dynamic_listeners", "stat_prefix")).contains("three");
    }
  }

  @Test
  void doesNotTakeOneNodeForAllAfterARestart() throws Exception {
    daemon.stop();
    trio.envoys.get(1).close();
    trio.envoys.get(2).close();
    daemon.start();

    var typed = waits("--timeout", "5s");

    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err()).contains("not back since the daemon was started: edge-2, edge-3");
    assertThat(daemon.types("status").exit()).isEqualTo(1);
    trio.restart(1);
    trio.restart(2);
    assertThat(waits()).isEqualTo(new Typed(0, "3 nodes: 3 in sync\n", ""));
  }

  @Test
  void failsWhenANodeIsMissing() throws Exception {
    trio.envoys.get(2).close();
    await().until(() -> waits("--timeout", "5s").out().equals("2 nodes: 2 in sync\n"));

    var typed = waits("--nodes", "3", "--timeout", "3s");

    assertThat(typed)
        .isEqualTo(
            new Typed(1, "", "my-xds: not in time: 3 nodes are needed: 2 nodes: 2 in sync\n"));
  }
}
