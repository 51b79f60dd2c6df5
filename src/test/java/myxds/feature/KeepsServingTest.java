package myxds.feature;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import myxds.TestDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was served before a bad state is served after it, and what is good goes on. */
final class KeepsServingTest {
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s}\n";
  private static final String ROUTE =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: routes
      virtual_hosts:
      - {name: all, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: %s}}]}
      """;

  @TempDir Path config;

  @Test
  void whenAMountedConfigMapBreaks() throws IOException {
    mount("1", CLUSTER.formatted("one"));
    Files.createSymbolicLink(
        config.resolve("node1/cluster.yaml"), Path.of("..data", "cluster.yaml"));

    try (var daemon = TestDaemon.ready(config)) {
      mount("2", "{broken");
      awaitState("node1", "degraded", daemon);
      assertThat(clusters("node1", daemon)).contains("\"one\"");

      mount("3", CLUSTER.formatted("three"));
      await().until(() -> clusters("node1", daemon).contains("\"three\""));
    }
  }

  @Test
  void whenAFileIsHalfWritten() throws IOException {
    write("node1/cluster.yaml", CLUSTER.formatted("one"));
    var two = "resources:\n- " + CLUSTER.formatted("two") + "- " + CLUSTER.formatted("three");
    int half = two.indexOf("name: three");

    try (var daemon = TestDaemon.ready(config)) {
      write("node1/cluster.yaml", two.substring(0, half));
      awaitState("node1", "degraded", daemon);
      assertThat(clusters("node1", daemon)).contains("\"one\"").doesNotContain("\"two\"");

      Files.writeString(
          config.resolve("node1/cluster.yaml"), two.substring(half), StandardOpenOption.APPEND);
      await().until(() -> clusters("node1", daemon).contains("\"three\""));
      assertThat(clusters("node1", daemon)).contains("\"two\"");
    }
  }

  @Test
  void whenOneGroupOfThreeBreaks() throws IOException {
    for (var group : new String[] {"a", "b", "c"}) {
      write(group + "/cluster.yaml", CLUSTER.formatted("one"));
    }

    try (var daemon = TestDaemon.ready(config)) {
      write("b/route.yaml", ROUTE.formatted("nowhere"));
      awaitState("b", "degraded", daemon);
      write("a/cluster.yaml", CLUSTER.formatted("two"));
      write("c/cluster.yaml", CLUSTER.formatted("two"));

      await().until(() -> clusters("a", daemon).contains("\"two\""));
      await().until(() -> clusters("c", daemon).contains("\"two\""));
      assertThat(clusters("b", daemon)).contains("\"one\"");
      assertThat(daemon.get("/api/v1/problems").body())
          .contains("\"file\":\"b/route.yaml\",\"line\":4,\"column\":78")
          .contains("there is no Cluster \\\"nowhere\\\"");
      assertThat(daemon.get("/readyz").body()).contains("degraded: group b");
    }
  }

  @Test
  void untilAMassRemovalIsApproved() throws IOException {
    write("node1/cluster.yaml", CLUSTER.formatted("one"));
    write("node1/route.yaml", ROUTE.formatted("one"));

    try (var daemon = TestDaemon.ready(config)) {
      Files.delete(config.resolve("node1/cluster.yaml"));
      write("node1/route.yaml", ROUTE.replace("cluster: %s", "cluster_header: x"));
      awaitState("node1", "held", daemon);
      assertThat(clusters("node1", daemon)).contains("\"one\"");
      assertThat(daemon.get("/api/v1/problems").body())
          .contains("no clusters are left of 1", "my-xds approve --group node1 --version ");

      var answer = daemon.post("/api/v1/approve", "{\"group\": \"node1\"}");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(clusters("node1", daemon)).doesNotContain("\"one\"");
      awaitState("node1", "published", daemon);
      assertThat(daemon.post("/api/v1/approve", "").statusCode()).isEqualTo(409);
    }
  }

  /** As a kubelet does: a new folder, and a link to it that is replaced in one step. */
  private void mount(String name, String cluster) throws IOException {
    write("node1/.." + name + "/cluster.yaml", cluster);
    var link = config.resolve("node1/..data_tmp");
    Files.createSymbolicLink(link, Path.of(".." + name));
    Files.move(link, config.resolve("node1/..data"), ATOMIC_MOVE, REPLACE_EXISTING);
  }

  private void write(String path, String text) throws IOException {
    var file = config.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String clusters(String node, TestDaemon daemon) {
    return daemon.fetch("clusters", "{\"node\":{\"id\":\"%s\"}}".formatted(node)).body();
  }

  private static void awaitState(String group, String state, TestDaemon daemon) {
    await().untilAsserted(() -> assertThat(state(group, daemon)).isEqualTo(state));
  }

  private static String state(String group, TestDaemon daemon) {
    var groups =
        JsonParser.parseString(daemon.get("/api/v1/groups").body())
            .getAsJsonObject()
            .getAsJsonArray("groups");
    for (var one : groups) {
      if (one.getAsJsonObject().get("name").getAsString().equals(group)) {
        return one.getAsJsonObject().get("state").getAsString();
      }
    }
    return "unknown";
  }
}
