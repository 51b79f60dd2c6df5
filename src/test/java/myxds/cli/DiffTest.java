package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a running daemon. */
final class DiffTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    write("served/edge/clusters.yaml", cluster("a", "5s"), cluster("old", "1s"));
    write("served/edge/secret.yaml", secret("0ld"));
    write("served/west/clusters.yaml", cluster("w", "1s"));
    daemon = TestDaemon.ready(folder.resolve("served"));
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void saysThatNothingWouldChange() {
    assertThat(diff("served")).isZero();

    assertThat(out.toString()).isEqualTo("nothing would change\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void showsEachChangeWithItsEffectAndItsFields() throws Exception {
    write("next/edge/clusters.yaml", cluster("a", "6s"), cluster("new", "1s"));
    write("next/edge/secret.yaml", secret("n3w"));
    write("next/west/clusters.yaml", cluster("w", "1s"));

    assertThat(diff("next")).isEqualTo(1);

    assertThat(out.toString().replaceAll("[0-9a-f]{16}", "V"))
        .isEqualTo(
            """
            group edge  V → V  0 nodes
              ~ clusters/a (edge/clusters.yaml:1) warms, then replaces the old one, whose connections drain
                  ~ connect_timeout: 5s → 6s
              + clusters/new (edge/clusters.yaml:5) warms, then can be routed to
              - clusters/old (edge/clusters.yaml:5) can no longer be routed to, its connections drain
              ~ secrets/s (edge/secret.yaml:1) rotated: new connections use it, listeners and clusters stay
                  ~ generic_secret.secret: (secret changed)

            1 added, 2 changed, 1 removed; 1 drains, 2 warms, 1 rotates
            """);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void changesNothing() throws Exception {
    write("next/edge/clusters.yaml", cluster("a", "6s"));
    var before = daemon.get("/api/v1/groups").body();

    assertThat(diff("next")).isEqualTo(1);

    assertThat(daemon.get("/api/v1/groups").body()).isEqualTo(before);
  }

  @Test
  void showsGroupsThatComeAndGo() throws Exception {
    write("next/east/clusters.yaml", cluster("e", "1s"));
    write("next/edge/clusters.yaml", cluster("a", "5s"), cluster("old", "1s"));
    write("next/edge/secret.yaml", secret("0ld"));

    assertThat(diff("next")).isEqualTo(1);

    assertThat(out.toString().replaceAll("[0-9a-f]{16}", "V"))
        .contains("group east  (new) → V  0 nodes\n", "group west  V → (gone)  0 nodes\n")
        .doesNotContain("group edge");
  }

  @Test
  void answersInJsonOnDemand() {
    assertThat(diff("served", "-o", "json")).isZero();

    var groups = JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonArray("groups");
    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).getAsJsonObject().get("name").getAsString()).isEqualTo("edge");
    assertThat(groups.get(0).getAsJsonObject().getAsJsonArray("changes")).isEmpty();
  }

  @Test
  void saysWhereTheFilesAreWrong() throws Exception {
    write("next/edge/clusters.yaml", cluster("a", "5 minutes"));

    assertThat(diff("next")).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .startsWith("edge/clusters.yaml:3:18: error: connect_timeout: ")
        .endsWith("my-xds: the files would not be published: 1 error\n");
  }

  @Test
  void saysWhatCannotBeRead() throws Exception {
    Files.createDirectories(folder.resolve("next/edge"));
    Files.write(folder.resolve("next/edge/a.yaml"), new byte[] {(byte) 0xff});

    assertThat(diff("next")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("edge/a.yaml:1:1: error: is not UTF-8 text\n")
        .endsWith("cannot be read as a whole\n");
  }

  @Test
  void saysThatThereIsNoDirectory() {
    assertThat(diff("nowhere")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("my-xds: the configuration directory ")
        .contains("nowhere does not exist");
  }

  private int diff(String directory, String... options) {
    var arguments = new ArrayList<>(List.of("diff", folder.resolve(directory).toString()));
    arguments.addAll(List.of("--admin", "http://127.0.0.1:" + daemon.adminPort()));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Commands.commandLine(Object.class, CommandLineTest.NO_PARTS)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void write(String path, String... documents) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("---\n", documents));
  }

  private static String cluster(String name, String timeout) {
    return """
    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
    name: %s
    connect_timeout: %s
    """
        .formatted(name, timeout);
  }

  private static String secret(String value) {
    return """
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
    name: s
    generic_secret: {secret: {inline_string: %s}}
    """
        .formatted(value);
  }
}
