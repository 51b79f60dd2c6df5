package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private final StringWriter said = new StringWriter();
  private final DemoPorts ports = new DemoPorts(new PrintWriter(said, true));

  @TempDir Path home;

  @Test
  void takesTheUsualPortWhenItIsFree() throws IOException {
    int free = freePort();

    assertThat(ports.choose("Envoy", free)).isEqualTo(free);
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void takesAnotherPortAndSaysSoWhenTheUsualOneIsTaken() throws IOException {
    try (var taken = new ServerSocket(0)) {
      int usual = taken.getLocalPort();

      int chosen = ports.choose("Envoy", usual);

      assertThat(chosen).isNotEqualTo(usual);
      assertThat(said).hasToString("port %d is taken: Envoy gets %d%n".formatted(usual, chosen));
    }
  }

  @Test
  void writesTheResourcesAnewAndOnlyThem() throws Exception {
    try (var folder = DemoFolder.open(home.resolve(".demo"))) {
      Files.createDirectories(folder.node1());
      Files.writeString(folder.node1().resolve("left.yaml"), "broken: [");

      folder.write(new ArticleResources(1, 2));

      try (var files = Files.list(folder.node1())) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("cluster.yaml", "listener.yaml");
      }
      assertThat(folder.node1().resolve("cluster.yaml")).content().contains("port_value: 1");
      assertThat(folder.node1().resolve("listener.yaml")).content().contains("port_value: 2");
    }
  }

  @Test
  void startsTheControlPlaneByItsJarSoThatItsManifestCounts() {
    assertThat(ControlPlaneProcess.program(DemoTest.class, "target/my-xds.jar"))
        .containsExactly("-jar", "target/my-xds.jar");
  }

  @Test
  void takesTheEnvoyThatIsNamed() throws Exception {
    var envoy = program("mine");
    program(".tools/envoy-1.40.0/envoy");

    assertThat(EnvoyBinary.find(Map.of("ENVOY", envoy.toString()), home)).isEqualTo(envoy);
  }

  @Test
  void takesTheEnvoyOnThePathBeforeTheOneThatWasFetched() throws Exception {
    program(".tools/envoy-1.40.0/envoy");
    var onPath = program("bin/envoy");

    var path = home.resolve("none") + java.io.File.pathSeparator + home.resolve("bin");
    assertThat(EnvoyBinary.find(Map.of("PATH", path), home)).isEqualTo(onPath);
  }

  @Test
  void takesTheEnvoyThatWasFetched() throws Exception {
    var fetched = program(".tools/envoy-1.40.0/envoy");

    assertThat(EnvoyBinary.find(Map.of("PATH", "/none"), home)).isEqualTo(fetched);
  }

  @Test
  void saysWhereItLookedForAnEnvoy() {
    assertThatThrownBy(() -> EnvoyBinary.find(Map.of("PATH", ""), home))
        .isInstanceOfSatisfying(CannotRun.class, e -> assertThat(e.exitCode()).isEqualTo(3))
        .hasMessageStartingWith("no Envoy: ENVOY is not set, ");
    assertThatThrownBy(() -> EnvoyBinary.find(Map.of("ENVOY", "/none"), home))
        .isInstanceOf(CannotRun.class)
        .hasMessage("ENVOY is /none, which is not an executable file");
  }

  private Path program(String name) throws IOException {
    var file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
