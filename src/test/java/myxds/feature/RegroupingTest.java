package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import myxds.TestDaemon;
import myxds.cli.Watching;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the group rules while streams are open. */
final class RegroupingTest {
  private static final Pattern OPEN_STREAM = Pattern.compile("myxds_streams_open\\{[^}]*} 1");

  @TempDir private Path path;
  private Folder config;
  private TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    var groups = TwoGroups.start(path);
    config = groups.config();
    daemon = groups.daemon();
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void movesAnOpenStreamToItsNewGroup() throws Exception {
    try (var stream = watch("n1")) {
      assertThat(next(stream)).contains("one");

      config.settings(TwoGroups.rule("g2"));

      assertThat(next(stream)).contains("two");
    }
  }

  @Test
  void showsTheNewGroupOfANode() throws Exception {
    try (var client = AdsClient.connect(daemon, AdsClient.node("n1"))) {
      client.acks();

      config.settings(TwoGroups.rule("g2"));
      client.acks();

      await().until(() -> nodes().contains("\"state\":\"in_sync\""));
      assertThat(nodes()).contains("\"group\":\"g2\"").doesNotContain("\"group\":\"g1\"");
    }
  }

  @Test
  void offersWhatWasNackedWhenNacksAreIgnoredFromNowOn() throws Exception {
    try (var client = AdsClient.connect(daemon, AdsClient.node("n1"))) {
      var good = client.acks();
      config.write("g1/a.yaml", Folder.clusters("one", "more"));
      var refused = client.nacks();
      assertThat(client.acks()).isEqualTo(good);

      config.settings(TwoGroups.rule("g1") + "on_nack: ignore\n");

      assertThat(client.acks()).isEqualTo(refused);
    }
  }

  @Test
  void servesAStreamThatBelongedToNoGroup() throws Exception {
    try (var stream = watch("other")) {
      var first = CompletableFuture.supplyAsync(() -> next(stream));
      await().until(() -> OPEN_STREAM.matcher(daemon.get("/metrics").body()).find());

      config.settings("default_group: g2\n");

      assertThat(first.get(20, TimeUnit.SECONDS)).contains("two");
    }
  }

  @Test
  void takesARuleAndItsFolderTogether() throws Exception {
    try (var stream = watch("n1")) {
      assertThat(next(stream)).contains("one");

      config.write("g3/a.yaml", Folder.clusters("three"));
      config.settings(TwoGroups.rule("g3"));

      assertThat(next(stream)).contains("three");
    }
  }

  @Test
  void warnsOfRulesWithoutEffect() throws IOException {
    config.settings(
        """
        groups:
        - {name: g1, match: {id: "n*"}}
        - {name: g2, match: {id: "n1", cluster: shop}}
        - {name: typo, match: {cluster: other}}
        - {name: g2, match: {id: ""}}
        default_group: gone
        """);

    await().until(() -> problems().contains("default_group names the group gone, which has no"));
    assertThat(problems())
        .contains("groups[1] never matches a node: groups[0] in line 2 matches the same nodes")
        .contains("\"line\":3,\"column\":3")
        .contains("groups[2] names the group typo, which has no folder")
        .contains("groups[3] never matches a node: match.id is empty");
    assertThat(daemon.get("/readyz").body()).isEqualTo("ok\n");
  }

  private Watching.Stream watch(String node) {
    var server = InetSocketAddress.createUnresolved("127.0.0.1", daemon.grpcPort());
    return TestDaemon.watching()
        .open(new Watching.Wish(server, node, ResourceType.CLUSTER, false, List.of()));
  }

  /** The next response as text, for as long as a slow machine may take. */
  private static String next(Watching.Stream stream) {
    return CompletableFuture.supplyAsync(() -> read(stream)).orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static String read(Watching.Stream stream) {
    try {
      return ((DiscoveryResponse) stream.next()).toString();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String nodes() {
    return daemon.get("/api/v1/nodes").body();
  }

  private String problems() {
    return daemon.get("/api/v1/problems").body();
  }
}
