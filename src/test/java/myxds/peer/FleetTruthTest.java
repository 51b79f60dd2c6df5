package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import myxds.resource.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three Envoys of one group, one of which lacks an extension that the others have: everything that
 * tells of the fleet tells the same, and what was refused is not offered again.
 */
final class FleetTruthTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String REJECTED = "listener_manager.lds.update_rejected";

  @TempDir Path folder;
  private Trio trio;
  private DaemonProcess daemon;

  @BeforeEach
  void start() throws Exception {
    trio = Trio.start(folder);
    daemon = trio.daemon;
  }

  @AfterEach
  void stop() {
    trio.close();
  }

  @Test
  void tellsOneTruth() throws Exception {
    assertThat(daemon.types("wait", "--acked", "100%").exit()).isZero();
    trio.refuse();

    assertThat(daemon.types("wait").exit()).isEqualTo(4);
    agree();

    trio.restart(2);
    trio.runs(2, "one");
    assertThat(trio.envoys.get(2).stat(REJECTED)).isZero();
    assertThat(daemon.types("status").exit()).isEqualTo(1);

    trio.write("three", false);
    assertThat(daemon.types("wait", "--acked", "100%").exit()).isZero();
    trio.runs(0, "three");
    trio.runs(2, "three");
    assertThat(daemon.types("status").exit()).isZero();
  }

  @Test
  void remembersOverARestartOfTheDaemonAndSendsNothingAgain() throws Exception {
    trio.refuse();
    long rejected = trio.envoys.get(2).stat(REJECTED);
    var updates = updates();

    daemon.stop();
    daemon.start();
    trio.stands(2, 1);

    assertThat(daemon.types("status").out()).contains("edge/listener.yaml:1: web: ");
    assertThat(updates()).isEqualTo(updates);
    assertThat(trio.envoys.get(2).stat(REJECTED)).isEqualTo(rejected);
    assertThat(daemon.meter("myxds_nacks_total", "")).isZero();
  }

  @Test
  void offersItAgainWhenSomebodySaysSo() throws Exception {
    trio.refuse();
    long rejected = trio.envoys.get(2).stat(REJECTED);

    var retried = daemon.types("retry", "--node", "edge-3");

    assertThat(retried.out()).isEqualTo("offered again to node edge-3\n");
    await().atMost(SOON).until(() -> trio.envoys.get(2).stat(REJECTED) == rejected + 1);
    trio.runs(2, "one");
    assertThat(daemon.types("retry", "--node", "edge-1").exit()).isEqualTo(1);
  }

  @Test
  void takesAStateBackFromTheWholeGroupWhenTooManyRefuseIt() throws Exception {
    trio.settings(", on_nack: {rollback: {share: 30%}}");
    daemon.stop();
    daemon.start();
    trio.stands(3, 0);

    trio.write("two", true);
    // The connections have to be a minute old before they count.
    await()
        .atMost(SOON.plusMinutes(2))
        .until(() -> daemon.admin("/api/v1/groups").contains("\"cause\":\"rollback\""));
    trio.stands(3, 0);
    trio.runs(0, "one");
    trio.runs(2, "one");
    assertThat(daemon.admin("/api/v1/problems")).contains("of 3 nodes NACKed it");

    daemon.stop();
    daemon.start();
    trio.stands(3, 0);
    trio.runs(0, "one");
    assertThat(daemon.types("approve", "--group", "edge").exit()).isZero();
  }

  /** The command, the API, CSDS, the meters and the log. */
  private void agree() throws Exception {
    var reason = "Didn't find a registered implementation for 'lua'";
    var status = daemon.types("status");
    assertThat(status.exit()).isEqualTo(1);
    assertThat(status.out())
        .startsWith("3 nodes: 2 in sync, 1 refusing\n")
        .containsPattern(
            "edge-3 +edge +refusing +1\\.40\\.0 +listeners: edge/listener.yaml:1: web: ");
    assertThat(daemon.types("status", "--node", "edge-3").out()).contains(reason);
    assertThat(daemon.admin("/api/v1/nodes?state=refusing"))
        .contains("\"id\":\"edge-3\"", reason, "\"file\":\"edge/listener.yaml\",\"line\":1")
        .doesNotContain("edge-1");
    var client = csds("edge-3");
    assertThat(client.getGenericXdsConfigsList())
        .filteredOn(one -> one.getTypeUrl().endsWith(".Listener"))
        .extracting(one -> one.getErrorState().getDetails())
        .singleElement()
        .asString()
        .contains(reason);
    assertThat(csds("edge-1").getGenericXdsConfigsList())
        .allSatisfy(one -> assertThat(one.hasErrorState()).isFalse());
    assertThat(daemon.meter("myxds_nacks_total", "listeners")).isEqualTo(1);
    assertThat(daemon.printed().lines().filter(line -> line.contains(" nacked ")))
        .singleElement()
        .asString()
        .contains("node=edge-3", "resource=web", "at=edge/listener.yaml:1:1", reason);
  }

  private ClientConfig csds(String node) throws InvalidProtocolBufferException {
    var status = ClientStatusResponse.newBuilder();
    Schema.ofApi().mergeLeniently(daemon.clientStatus(), status);
    return status.getConfigList().stream()
        .filter(config -> config.getNode().getId().equals(node))
        .findFirst()
        .orElseThrow();
  }

  /** How many answers the Envoys have had so far. */
  private List<Long> updates() throws Exception {
    var updates = new ArrayList<Long>();
    for (var envoy : trio.envoys) {
      updates.add(envoy.stat("listener_manager.lds.update_success"));
      updates.add(envoy.stat("cluster_manager.cds.update_success"));
    }
    return updates;
  }
}
