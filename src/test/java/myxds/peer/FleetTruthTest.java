package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final List<String> LACKING =
      List.of("--disable-extensions", "envoy.filters.http/envoy.filters.http.lua");

  @TempDir Path folder;
  private ConfigFolder config;
  private DaemonProcess daemon;
  private final List<RealEnvoy> envoys = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    config = new ConfigFolder(folder.resolve("config"), "edge");
    config.write("listener", listener("one", ""));
    config.write("cluster", Resources.cluster(Protocol.ADS_DELTA), Resources.endpoints(1));
    Files.writeString(
        config.root().resolve("my-xds.yaml"), "groups: [{name: edge, match: {id: \"edge-*\"}}]\n");
    daemon = DaemonProcess.ready(config.root());
    for (var node : List.of("edge-1", "edge-2")) {
      envoys.add(envoy(node, List.of()));
    }
    envoys.add(envoy("edge-3", LACKING));
  }

  @AfterEach
  void stop() {
    envoys.forEach(RealEnvoy::close);
    daemon.close();
  }

  private RealEnvoy envoy(String node, List<String> more) throws IOException {
    var own = Files.createDirectories(folder.resolve(node));
    var bootstrap = Protocol.ADS_DELTA.bootstrap(daemon.port(Protocol.ADS_DELTA));
    return RealEnvoy.start(Resources.of(node, bootstrap), own, more);
  }

  @Test
  void tellsOneTruth() throws Exception {
    assertThat(daemon.types("wait", "--acked", "100%").exit()).isZero();
    assertThat(daemon.types("status").out()).startsWith("3 nodes: 3 in sync\n");

    config.write("listener", listener("two", LUA));
    await().atMost(SOON).until(() -> daemon.types("wait").exit() == 4);

    agree();
    runs(0, "two");
    runs(1, "two");
    runs(2, "one");

    restart(2);
    runs(2, "one");
    assertThat(envoys.get(2).stat(REJECTED)).isZero();
    assertThat(daemon.types("status").exit()).isEqualTo(1);

    config.write("listener", listener("three", ""));
    assertThat(daemon.types("wait", "--acked", "100%").exit()).isZero();
    runs(0, "three");
    runs(2, "three");
    assertThat(daemon.types("status").exit()).isZero();
  }

  @Test
  void remembersOverARestartOfTheDaemonAndSendsNothingAgain() throws Exception {
    config.write("listener", listener("two", LUA));
    await().atMost(SOON).until(() -> daemon.types("wait").exit() == 4);
    runs(2, "one");
    long rejected = envoys.get(2).stat(REJECTED);
    var updates = updates();

    daemon.stop();
    daemon.start();
    await()
        .atMost(SOON)
        .until(() -> daemon.types("status").out().startsWith("3 nodes: 2 in sync, 1 refusing\n"));

    assertThat(daemon.types("status").out()).contains("edge/listener.yaml:1: web: ");
    assertThat(updates()).isEqualTo(updates);
    assertThat(envoys.get(2).stat(REJECTED)).isEqualTo(rejected);
    assertThat(daemon.meter("myxds_nacks_total", "")).isZero();
  }

  @Test
  void offersItAgainWhenSomebodySaysSo() throws Exception {
    config.write("listener", listener("two", LUA));
    await().atMost(SOON).until(() -> daemon.types("wait").exit() == 4);
    runs(2, "one");
    long rejected = envoys.get(2).stat(REJECTED);

    var retried = daemon.types("retry", "--node", "edge-3");

    assertThat(retried.out()).isEqualTo("offered again to node edge-3\n");
    await().atMost(SOON).until(() -> envoys.get(2).stat(REJECTED) == rejected + 1);
    runs(2, "one");
    assertThat(daemon.types("retry", "--node", "edge-1").exit()).isEqualTo(1);
  }

  @Test
  void takesAStateBackFromTheWholeGroupWhenTooManyRefuseIt() throws Exception {
    Files.writeString(
        config.root().resolve("my-xds.yaml"),
        "groups: [{name: edge, match: {id: \"edge-*\"}, on_nack: {rollback: {share: 30%}}}]\n");
    daemon.stop();
    daemon.start();
    assertThat(daemon.types("wait").exit()).isZero();

    config.write("listener", listener("two", LUA));
    await().atMost(SOON).until(() -> daemon.types("groups").out().matches("(?s).*edge +held .*"));
    assertThat(daemon.types("wait").exit()).isZero();
    runs(0, "one");
    runs(2, "one");
    assertThat(daemon.admin("/api/v1/problems")).contains("of 3 nodes refused it");

    daemon.stop();
    daemon.start();
    assertThat(daemon.types("wait").exit()).isZero();
    runs(0, "one");
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
        .filteredOn(one -> one.getName().equals("web"))
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

  private ClientConfig csds(String node) {
    var channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", daemon.port(Protocol.ADS_DELTA))
            .usePlaintext()
            .build();
    try {
      return ClientStatusDiscoveryServiceGrpc.newBlockingStub(channel)
          .fetchClientStatus(ClientStatusRequest.getDefaultInstance())
          .getConfigList()
          .stream()
          .filter(config -> config.getNode().getId().equals(node))
          .findFirst()
          .orElseThrow();
    } finally {
      channel.shutdownNow();
    }
  }

  private void restart(int envoy) throws IOException {
    envoys.get(envoy).close();
    envoys.set(envoy, envoy("edge-" + (envoy + 1), LACKING));
  }

  /** The Envoy's listener says so. */
  private void runs(int envoy, String prefix) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(envoys.get(envoy).values("dynamic_listeners", "stat_prefix"))
                .as(() -> envoys.get(envoy).log())
                .contains(prefix));
  }

  /** How many answers the Envoys have had so far. */
  private List<Long> updates() throws Exception {
    var updates = new ArrayList<Long>();
    for (var envoy : envoys) {
      updates.add(envoy.stat("listener_manager.lds.update_success"));
      updates.add(envoy.stat("cluster_manager.cds.update_success"));
    }
    return updates;
  }

  private static final String LUA =
      """
      - name: lua
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua
          default_source_code: {inline_string: "function envoy_on_request(handle) end"}
      """;

  private static String listener(String prefix, String filter) {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: web
    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: %s
          route_config:
            virtual_hosts:
            - {name: all, domains: ["*"], routes: [{match: {prefix: /}, direct_response: {status: 200}}]}
          http_filters:
    %s\
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """
        .formatted(prefix, filter.indent(6));
  }
}
