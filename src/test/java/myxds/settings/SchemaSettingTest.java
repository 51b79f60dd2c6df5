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
final class SchemaSettingTest {
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

  private @Nullable Path schema(String file, String typed, String exported) throws IOException {
    Files.writeString(config.resolve("my-xds.yaml"), file);
    var flags =
        typed.isEmpty()
            ? Map.of("config", config.toString())
            : Map.of("config", config.toString(), "schema", typed);
    var read = SettingsReader.read(flags, Map.of("MYXDS_SCHEMA", exported));
    return ((Reading.Accepted) read).settings().schema();
  }
}
