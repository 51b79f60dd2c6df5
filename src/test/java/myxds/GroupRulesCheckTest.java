package myxds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import myxds.cli.CheckReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} reports the group rules that have no effect. */
final class GroupRulesCheckTest {
  @TempDir private Path folder;

  @Test
  void reportsRulesWithoutEffectAsWarnings() throws IOException {
    Files.createDirectory(folder.resolve("edge"));
    Files.writeString(
        folder.resolve("edge/a.yaml"),
        "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: a}");
    Files.writeString(
        folder.resolve("my-xds.yaml"),
        """
        groups:
        - {name: edge, match: {id: "e*"}}
        - {name: edge, match: {id: "edge-*"}}
        - {name: egde, match: {id: "x"}}
        """);

    var report = new CheckRun(Map.of()).check(Map.of("config", folder.toString()));

    assertThat(report)
        .isInstanceOfSatisfying(
            CheckReport.Checked.class,
            checked ->
                assertThat(checked.problems().stream().map(Object::toString))
                    .containsExactly(
                        "my-xds.yaml:3:3: warning: groups[1] never matches a node: groups[0] in line 2"
                            + " matches the same nodes first (expected: the narrower rule first)",
                        "my-xds.yaml:4:3: warning: groups[2] names the group egde, which has no folder:"
                            + " its nodes are served nothing (expected: resources in egde/)"));
  }
}
