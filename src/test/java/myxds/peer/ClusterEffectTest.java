package myxds.peer;

import static myxds.peer.ClusterEdits.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import myxds.TestDaemon;
import myxds.peer.ClusterEdits.Edit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real Envoy does about an edit of a cluster is what {@code diff} says that it does. */
final class ClusterEffectTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<String> FIGURES =
      List.of("cluster_added", "cluster_modified", "cluster_removed", "cds.update_rejected");

  @TempDir Path folder;
  private ConfigFolder config;

  @Test
  void editsEveryField() {
    var edited = ClusterEdits.all().stream().map(Edit::field);

    var known = Stream.concat(edited, ClusterEdits.LEFT_OUT.keySet().stream()).toList();

    assertThat(Cluster.getDescriptor().getFields())
        .allSatisfy(field -> assertThat(known).contains(field.getName()));
  }

  @ParameterizedTest
  @EnumSource(names = {"ADS_SOTW", "ADS_DELTA"})
  void isAsForetold(Protocol protocol) throws Exception {
    config = ConfigFolder.in(folder);
    config.write("other", Resources.cluster("other", protocol.source()));
    config.write("endpoints", Resources.endpoints("other", 9));
    var surprises = new ArrayList<String>();

    try (var daemon = TestDaemon.ready(config.root());
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon), folder)) {
      await().atMost(SOON).until(envoy::isLive);
      assertThat(deliver(BASE, envoy)).isEqualTo(expected("", BASE));
      for (var edit : ClusterEdits.all()) {
        var there = deliver(edit.after(), envoy);
        var back = deliver(BASE, envoy);
        if (!there.equals(expected(BASE, edit.after()))
            || !back.equals(expected(edit.after(), BASE))) {
          surprises.add("%s: %s, and back: %s".formatted(edit.field(), there, back));
        }
      }
      assertThat(deliver("", envoy)).isEqualTo(expected(BASE, ""));
    }

    System.out.println(
        "cluster edits, %s: %d fields, each makes the cluster another one"
            .formatted(protocol.label(), ClusterEdits.all().size()));
    assertThat(surprises).isEmpty();
  }

  /** How the figures move once Envoy has taken it, or not. */
  private Map<String, Long> deliver(String cluster, RealEnvoy envoy) throws Exception {
    long told = told(envoy);
    var before = figures(envoy);
    config.write("cluster", cluster.isEmpty() ? "resources: []" : cluster);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> told(envoy) > told && envoy.stat("cluster_manager.warming_clusters") == 0);
    return Foretold.moved(before, figures(envoy));
  }

  private static long told(RealEnvoy envoy) throws Exception {
    return envoy.stat("cluster_manager.cds.update_success")
        + envoy.stat("cluster_manager.cds.update_rejected");
  }

  private static Map<String, Long> figures(RealEnvoy envoy) throws Exception {
    var figures = new TreeMap<String, Long>();
    for (var name : FIGURES) {
      figures.put(name, envoy.stat("cluster_manager." + name));
    }
    return figures;
  }

  /** How they move by Envoy's own rules. */
  private static Map<String, Long> expected(String before, String after) {
    var effect = Foretold.effect(before, after);
    return switch (effect.kind()) {
      case WARMS -> Map.of(before.isEmpty() ? "cluster_added" : "cluster_modified", 1L);
      case DRAINS -> Map.of("cluster_removed", 1L);
      case IN_PLACE, ROTATES, WAITS, KEPT, DROPPED, REFUSED, NONE, UNKNOWN ->
          throw new AssertionError("no effect of an edit of a cluster: " + effect);
    };
  }
}
