package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients with one {@code node.id}, and clients that only say that they are Envoys of a group. */
final class SharedIdsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String SETTINGS =
      "groups: [{name: edge, match: {cluster: c}, on_nack: {rollback: {share: 30%}}}]\n";

  @TempDir private Path folder;
  private Path config;
  private TestDaemon daemon;
  private final List<AdsClient> clients = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    config = folder.resolve("config");
    write("one");
    Files.writeString(config.resolve("my-xds.yaml"), SETTINGS);
    daemon = ready();
  }

  private TestDaemon ready() {
    return TestDaemon.ready(config, Map.of("state", folder.resolve("state").toString()));
  }

  @AfterEach
  void stop() {
    clients.forEach(AdsClient::close);
    daemon.close();
  }

  private void write(String cluster) throws IOException {
    var file = Files.createDirectories(config.resolve("edge")).resolve("a.yaml");
    Files.writeString(
        file,
        "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s}\n"
            .formatted(cluster));
  }

  private AdsClient connect(String id) {
    var client = AdsClient.connect(daemon, AdsClient.node(id));
    clients.add(client);
    return client;
  }

  private JsonObject json(String path) {
    return JsonParser.parseString(daemon.get(path).body()).getAsJsonObject();
  }

  /** The states of all nodes, as they are listed. */
  private List<String> states() {
    return StreamSupport.stream(json("/api/v1/nodes").getAsJsonArray("nodes").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(node -> node.get("id").getAsString() + " " + node.get("state").getAsString())
        .toList();
  }

  private void awaitStates(String... expected) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(states()).containsExactlyInAnyOrder(expected));
  }

  @Test
  void keepsWhatAClientAckedWhateverAnotherOfItsIdNacks() throws Exception {
    var first = connect("edge");
    var second = connect("edge");
    var good = first.acks();
    second.acks();
    write("two");
    var bad = first.acks();

    assertThat(second.nacks()).isEqualTo(bad);

    assertThat(second.acks()).isEqualTo(good);
    awaitStates("edge in_sync", "edge refusing");
    var third = connect("edge");
    assertThat(third.acks()).isEqualTo(bad);
    assertThat(first.hasMore()).isFalse();
    var node = json("/api/v1/nodes/edge");
    assertThat(node.get("state").getAsString()).isEqualTo("refusing");
    assertThat(node.get("shared").getAsInt()).isEqualTo(3);
    assertThat(node.getAsJsonArray("others")).hasSize(2);
    var other = node.getAsJsonArray("others").get(0).getAsJsonObject().get("address");
    assertThat(json("/api/v1/nodes/edge?address=" + other.getAsString()).get("state").getAsString())
        .isEqualTo("in_sync");
    assertThat(daemon.post("/v3/discovery:client_status", "{}").body().split("\"node\"", -1))
        .hasSize(4);
  }

  @Test
  void withholdsWhatAnEarlierClientNackedUntilAnotherOfItsIdRunsIt() throws Exception {
    var first = connect("edge");
    var good = first.acks();
    write("two");
    var bad = first.nacks();
    assertThat(first.acks()).isEqualTo(good);

    var second = connect("edge");
    assertThat(second.acks()).isEqualTo(good);
    var runs = AdsClient.connect(daemon, AdsClient.node("edge"), bad);
    clients.add(runs);

    assertThat(second.acks()).isEqualTo(bad);
    assertThat(first.hasMore()).isFalse();
    assertThat(runs.hasMore()).isFalse();
    awaitStates("edge in_sync", "edge in_sync", "edge refusing");
  }

  @Test
  void believesAClientThatRunsItAfterARestartOfTheDaemon() throws Exception {
    var first = connect("edge");
    var second = connect("edge");
    var good = first.acks();
    second.acks();
    write("two");
    var bad = first.acks();
    second.nacks();
    assertThat(second.acks()).isEqualTo(good);
    awaitStates("edge in_sync", "edge refusing");

    daemon.close();
    daemon = ready();
    var again = AdsClient.connect(daemon, AdsClient.node("edge"), bad);
    clients.add(again);

    awaitStates("edge in_sync");
    assertThat(again.hasMore()).isFalse();
  }

  @Test
  void rollsNothingBackForInventedClients() throws Exception {
    var real = connect("real");
    real.acks();
    write("two");
    var bad = real.acks();
    awaitStates("real in_sync");

    for (int i = 0; i < 5; i++) {
      connect("invented-" + i).nacks();
    }
    var poll =
        "{\"node\":{\"id\":\"real\",\"cluster\":\"c\",\"user_agent_name\":\"envoy\"},"
            + "\"version_info\":\"old\"}";
    for (int i = 0; i < 3; i++) {
      assertThat(daemon.fetch("clusters", poll).body()).contains("\"two\"");
    }

    await()
        .atMost(SOON)
        .until(() -> json("/api/v1/nodes?state=refusing").get("total").getAsInt() == 6);
    // A rollback would be the publisher's work, done before it judges the next state.
    write("three");
    assertThat(real.acks()).isNotEqualTo(bad);
    assertThat(real.hasMore()).isFalse();
    assertThat(daemon.get("/api/v1/changes").body()).doesNotContain("\"held\"");
  }

  @Test
  void endsAStreamWhoseNodeIsTooLarge() {
    var metadata =
        Struct.newBuilder()
            .putFields("a", Value.newBuilder().setStringValue("x".repeat(2 << 20)).build());
    var node = AdsClient.node("edge").toBuilder().setMetadata(metadata).build();

    var client = AdsClient.connect(daemon, node);
    clients.add(client);

    assertThat(client.end()).contains("INVALID_ARGUMENT", "node: ", "expected: at most 1048576");
  }
}
