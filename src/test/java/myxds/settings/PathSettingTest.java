package myxds.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path in the file begins where the file lies; one that was typed, where it was typed. */
final class PathSettingTest {
  @TempDir Path config;

  @Test
  void isNoneUnlessSomebodyNamesOne() throws IOException {
    assertThat(schema("grpc.port: 1", "", "")).isNull();
    assertThat(schema("schema: null", "", "")).isNull();
  }

  @Test
  void liesBesideTheFileThatNamesIt() throws IOException {
    assertThat(schema("schema: a.binpb", "", "")).isEqualTo(config.resolve("a.binpb"));
    assertThat(schema("schema: /a.binpb", "", "")).isEqualTo(Path.of("/a.binpb"));
  }

  @Test
  void liesInTheWorkingDirectoryWhenItWasTypedOrExported() throws IOException {
    assertThat(schema("schema: a.binpb", "b.binpb", "")).isEqualTo(Path.of("b.binpb"));
    assertThat(schema("schema: a.binpb", "", "c.binpb")).isEqualTo(Path.of("c.binpb"));
    assertThat(schema("schema: a.binpb", "a.binpb", "")).isEqualTo(Path.of("a.binpb"));
  }

  @Test
  void isSoForEachOfThem() throws IOException {
    Files.writeString(
        config.resolve("my-xds.yaml"), "state: s\nbootstrap: b.yaml\ngate: {envoy: ../envoy}\n");
    var settings = settings(Map.of("config", config.toString()), Map.of());

    assertThat(settings.state().folder()).isEqualTo(config.resolve("s"));
    assertThat(settings.checks().bootstrap()).isEqualTo(config.resolve("b.yaml"));
    assertThat(settings.checks().envoy()).isEqualTo(config.resolve("../envoy"));
  }

  @Test
  void liesInTheWorkingDirectoryWhenNobodyNamesIt() {
    assertThat(settings(Map.of("config", config.toString()), Map.of()).state().folder())
        .isEqualTo(Path.of(".my-xds"));
  }

  private @Nullable Path schema(String file, String typed, String exported) throws IOException {
    Files.writeString(config.resolve("my-xds.yaml"), file);
    var flags =
        typed.isEmpty()
            ? Map.of("config", config.toString())
            : Map.of("config", config.toString(), "schema", typed);
    return settings(flags, Map.of("MYXDS_SCHEMA", exported)).schema();
  }

  private static Settings settings(Map<String, String> flags, Map<String, String> environment) {
    return ((Reading.Accepted) SettingsReader.read(flags, environment)).settings();
  }
}
