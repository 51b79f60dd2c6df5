package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import myxds.TestDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we believe that an Envoy runs is what it says that it runs. */
final class ConfigDumpTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final int port = TestDaemon.freePort();

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isWhatTheEnvoySays(Protocol protocol) throws Exception {
    var config = ConfigFolder.in(folder);
    config.write("listener", Resources.listener(port, protocol));
    config.write("cluster", Resources.cluster(protocol));
    config.write("endpoints", Resources.endpoints(1));
    config.write("route", Resources.route("/"));
    try (var daemon = TestDaemon.ready(config.root());
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(daemon.get("/api/v1/nodes/node1").body()).contains("\"in_sync\""));

      var ours = sections(daemon.get("/api/v1/nodes/node1/config_dump").body());

      assertThat(ours.keySet()).hasSize(3);
      assertThat(sections(envoy.admin("/config_dump"))).containsAllEntriesOf(ours);
    }
  }

  @Test
  void saysWhenNothingIsKnown() throws Exception {
    var config = ConfigFolder.in(folder);
    config.write("cluster", Resources.cluster(Protocol.ADS_DELTA), Resources.endpoints(1));
    try (var daemon = TestDaemon.ready(config.root())) {
      assertThat(daemon.get("/api/v1/nodes/nobody/config_dump").statusCode()).isEqualTo(404);
    }
  }

  /** The dynamic lists by their names, without the times that only an Envoy knows. */
  private static Map<String, JsonElement> sections(String dump) {
    var sections = new TreeMap<String, JsonElement>();
    for (var config : JsonParser.parseString(dump).getAsJsonObject().getAsJsonArray("configs")) {
      config
          .getAsJsonObject()
          .asMap()
          .forEach((field, value) -> {
            if (field.startsWith("dynamic_")
                && value.isJsonArray()
                && !value.getAsJsonArray().isEmpty()) {
              sections.put(field, timeless(value));
            }
          });
    }
    return sections;
  }

  private static JsonElement timeless(JsonElement value) {
    if (value instanceof JsonArray array) {
      var all = new JsonArray();
      array.forEach(one -> all.add(timeless(one)));
      return all;
    }
    if (value instanceof JsonObject object) {
      var rest = new JsonObject();
      object
          .asMap()
          .forEach((name, field) -> {
            if (!name.equals("last_updated") && !name.equals("client_status")) {
              rest.add(name, timeless(field));
            }
          });
      return rest;
    }
    return value;
  }
}
