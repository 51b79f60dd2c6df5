package myxds.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import myxds.resource.Document;
import myxds.resource.ResourceParser;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;

final class GroupSnapshotTest {
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s, alt_stat_name:"
          + " %s}";
  private static final String METADATA =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: a,"
          + " metadata: {filter_metadata: {%s}}}";

  @Test
  void hasTheSameVersionsInEveryProcess() throws Exception {
    var here = Versions.print(0);

    assertThat(inAnotherProcess(1)).isEqualTo(here).isNotBlank();
    assertThat(inAnotherProcess(1000)).isEqualTo(here);
  }

  @Test
  void changesATypesVersionOnlyWithThatTypesContent() {
    var before = snapshot(CLUSTER.formatted("a", "x"), endpoint("a"));
    var after = snapshot(CLUSTER.formatted("a", "y"), endpoint("a"));

    assertThat(after.version(ResourceType.CLUSTER))
        .isNotEqualTo(before.version(ResourceType.CLUSTER));
    assertThat(after.version(ResourceType.ENDPOINT))
        .isEqualTo(before.version(ResourceType.ENDPOINT));
    assertThat(after.version()).isNotEqualTo(before.version());
  }

  @Test
  void doesNotSeeTheOrderOfResourcesOrKeys() {
    var one =
        snapshot(CLUSTER.formatted("b", "x"), METADATA.formatted("k: {v: 1}, l: {w: 2, x: 3}"));
    var two =
        snapshot(METADATA.formatted("l: {x: 3, w: 2}, k: {v: 1}"), CLUSTER.formatted("b", "x"));

    assertThat(two.version()).isEqualTo(one.version());
  }

  @Test
  void versionsAChoiceOfAllResourcesAsTheType() {
    var snapshot = snapshot(CLUSTER.formatted("a", "x"), CLUSTER.formatted("b", "x"));
    var all = snapshot.ofType(ResourceType.CLUSTER);

    assertThat(TypeView.of(all.all()).version()).isEqualTo(snapshot.version(ResourceType.CLUSTER));
    assertThat(TypeView.of(all.all().subList(0, 1)).version())
        .isNotEqualTo(snapshot.version(ResourceType.CLUSTER));
  }

  private static String endpoint(String cluster) {
    return "{\"@type\": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment,"
        + " cluster_name: %s}".formatted(cluster);
  }

  private static GroupSnapshot snapshot(String... documents) {
    var parsed =
        new ResourceParser(Schema.ofApi())
            .parse(new Document("g/a.yaml", String.join("\n---\n", documents)));
    assertThat(parsed.problems()).isEmpty();
    return GroupSnapshot.of(parsed.resources());
  }

  /**
   * {@code noise}: how many identity hashes to take first; the library's own versions change by it.
   */
  private static String inAnotherProcess(int noise) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new ArrayList<>(
            List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Versions.class.getName(),
                Integer.toString(noise)));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), UTF_8).strip();
    }
  }

  /** Prints the versions of one fixed snapshot. */
  static final class Versions {
    private Versions() {}

    public static void main(String[] args) {
      System.out.println(print(Integer.parseInt(args[0])));
    }

    static String print(int noise) {
      for (int i = 0; i < noise; i++) {
        System.identityHashCode(new Object());
      }
      var snapshot =
          snapshot(
              METADATA.formatted("k: {v: 1}, l: {w: 2, x: 3}, m: {y: [1, a]}"),
              CLUSTER.formatted("b", "x"),
              endpoint("b"));
      var versions = new StringBuilder(snapshot.version());
      snapshot
          .types()
          .forEach((type, all) -> versions.append(' ').append(type).append(snapshot.version(type)));
      return versions.toString();
    }
  }
}
