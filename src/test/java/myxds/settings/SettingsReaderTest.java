package myxds.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  @TempDir Path config;

  @Test
  void givesTheDefaultsWhenNobodySaysAnything() {
    var settings = accepted(Map.of(), Map.of()).settings();

    assertThat(settings.grpc())
        .isEqualTo(
            new Settings.Grpc("0.0.0.0", 9002, Duration.ofSeconds(10), 64 << 20, null, null, 500));
    assertThat(settings.delivery())
        .isEqualTo(
            new Settings.Delivery(
                false, false, Duration.ofSeconds(15), Runtime.getRuntime().maxMemory() / 4, false));
    assertThat(settings.rest()).isEqualTo(new Settings.Rest("0.0.0.0", 9001, null));
    assertThat(settings.admin()).isEqualTo(new Settings.Admin("127.0.0.1", 9003, null, Set.of()));
    assertThat(settings.logFormat()).isEqualTo(Settings.LogFormat.TEXT);
    assertThat(settings.groups()).isEmpty();
    assertThat(settings.defaultGroup()).isNull();
  }

  @Test
  void looksInTheFolderConfigWhenNoneIsNamed() {
    var read = (Reading.Accepted) SettingsReader.read(Map.of(), Map.of());

    assertThat(read.settings().config()).isEqualTo(Path.of("config"));
  }

  @Test
  void letsTheFlagBeatTheEnvironmentAndTheEnvironmentTheFile() throws IOException {
    file("grpc:\n  port: 1\nrest:\n  port: 1\nadmin:\n  port: 1\n");
    var environment = Map.of("MYXDS_GRPC_PORT", "2", "MYXDS_REST_PORT", "2");

    var settings = accepted(Map.of("grpc.port", "3"), environment).settings();

    assertThat(settings.grpc().port()).isEqualTo(3);
    assertThat(settings.rest().port()).isEqualTo(2);
    assertThat(settings.admin().port()).isEqualTo(1);
  }

  @Test
  void takesAnEmptyVariableForOneThatIsNotSet() {
    var settings = accepted(Map.of(), Map.of("MYXDS_GRPC_PORT", "")).settings();

    assertThat(settings.grpc().port()).isEqualTo(9002);
  }

  @Test
  void showsEveryValueAndWhereItCameFrom() throws IOException {
    file("# first line\ngrpc:\n  port: 7\n");
    var environment = Map.of("MYXDS_ADMIN_ADDRESS", "::1");

    var table = accepted(Map.of("log.format", "json"), environment).table();

    assertThat(table.lines())
        .anyMatch(line -> line.matches("config +\\Q" + config + "\\E  --config"))
        .anyMatch(line -> line.matches("grpc\\.port +7 +my-xds\\.yaml:3"))
        .anyMatch(line -> line.matches("admin\\.address +::1 +MYXDS_ADMIN_ADDRESS"))
        .anyMatch(line -> line.matches("log\\.format +json +--log-format"))
        .anyMatch(line -> line.matches("rest\\.port +9001 +default"))
        .anyMatch(line -> line.matches("groups +\\[] +default"))
        .anyMatch(line -> line.matches("grpc\\.max_connection_age +off +default"))
        .anyMatch(line -> line.matches("grpc\\.outbound_bytes +auto +default"))
        .hasSize(35);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "grpc:\n", "groups:\n", "groups: []\n"})
  void acceptsAFileThatSaysNothing(String text) throws IOException {
    file(text);

    assertThat(accepted(Map.of(), Map.of()).settings().grpc().port()).isEqualTo(9002);
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "15s,PT15S", "2m,PT2M", "1h,PT1H", "0s,PT0S", "24h,PT24H"})
  void readsDurations(String text, Duration expected) throws IOException {
    file("grpc.keepalive_min: " + text);

    assertThat(accepted(Map.of(), Map.of()).settings().grpc().keepaliveMin()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1KiB,1024", "64MiB,67108864", "1GiB,1073741824", "2147483647,2147483647"})
  void readsSizes(String text, int bytes) throws IOException {
    file("grpc.max_request_bytes: " + text);

    assertThat(accepted(Map.of(), Map.of()).settings().grpc().maxRequestBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "99999999999", "0x10", "1.0", "nine", "''", "null", "٣"})
  void refusesAPortThatIsNone(String text) throws IOException {
    file("grpc:\n  port: " + text + "\n");

    assertThat(refused(Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith(at(2, 9) + "grpc.port is \"")
        .endsWith("(expected: a port, 0..65535)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "-1s", "1.5s", "10 s", "1d", "25h", "9999999999s"})
  void refusesADurationThatIsNone(String text) throws IOException {
    file("grpc.keepalive_min: " + text);

    assertThat(refused(Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("(expected: a duration such as 500ms, 15s, 2m or 1h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2GiB", "64MB", "64 MiB", "-1KiB", "9999999999GiB"})
  void refusesASizeThatIsNone(String text) throws IOException {
    file("grpc.max_request_bytes: " + text);

    assertThat(refused(Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("(expected: a size such as 64MiB");
  }

  @Test
  void namesTheFlagOrTheVariableThatIsWrong() {
    var messages =
        refused(Map.of("grpc.port", "abc"), Map.of("MYXDS_REST_PORT", "tcp://10.0.0.1:9001"));

    assertThat(messages)
        .containsExactly(
            "--grpc-port: grpc.port is \"abc\" (expected: a port, 0..65535)",
            "MYXDS_REST_PORT: rest.port is \"tcp://10.0.0.1:9001\" (expected: a port, 0..65535)");
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    file("grpc:\n  prot: 1\nlog: {format: xml}\nrest: 9001\ncolour: red\n");

    var messages = refused(Map.of("admin.port", "x"), Map.of());

    assertThat(messages)
        .hasSize(5)
        .anyMatch(m -> m.startsWith(at(2, 3) + "unknown key grpc.prot; did you mean grpc.port?"))
        .anyMatch(m -> m.equals(at(3, 15) + "log.format is \"xml\" (expected: text or json)"))
        .anyMatch(m -> m.equals(at(4, 7) + "rest is not a mapping (expected: key: value)"))
        .anyMatch(m -> m.startsWith(at(5, 1) + "unknown key colour (expected: admin.address, "))
        .anyMatch(m -> m.startsWith("--admin-port: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc:\n  port: 1\n  port: 2\n",
        "grpc:\n  port: 1\n  'port': 2\n",
        "grpc.port: 1\ngrpc:\n  port: 2\n"
      })
  void refusesAKeyThatIsGivenTwice(String text) throws IOException {
    file(text);

    assertThat(refused(Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith(at(3, 3) + "duplicate key grpc.port, first in line ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grpc: [1            | 1:9",
        "grpc: 'x            | 1:9",
        "grpc: 1: 2          | 1:8",
        "grpc: *none         | 1:7",
        "a: 1\\n---\\nb: 2   | 2:1"
      })
  void saysWhereAFileIsNotYaml(String text, String place) throws IOException {
    file(text.replace("\\n", "\n"));

    assertThat(refused(Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith(config.resolve("my-xds.yaml") + ":" + place + ": is not YAML: ");
  }

  @Test
  void refusesAFileThatIsNotText() throws IOException {
    Files.write(config.resolve("my-xds.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});

    assertThat(refused(Map.of(), Map.of()))
        .containsExactly(config.resolve("my-xds.yaml") + ": is not text in UTF-8");
  }

  @Test
  void refusesAFileThatCannotBeRead() throws IOException {
    Files.createDirectory(config.resolve("my-xds.yaml"));

    assertThat(refused(Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith(config.resolve("my-xds.yaml") + ": cannot be read: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\\nERROR b\": 1",
        "grpc.port: \"1\\n2\"",
        "[a, b]: 1",
        "- 1",
        "just words",
        "grpc: &a {port: *a}",
        "&a groups: *a",
        "a: \u0007",
      })
  void answersAHostileFileInOneLine(String text) throws IOException {
    file(text);

    assertThat(refused(Map.of(), Map.of()))
        .isNotEmpty()
        .allSatisfy(
            message -> assertThat(message).startsWith(config.toString()).doesNotContain("\n"));
  }

  @Test
  void refusesNestingThatNobodyWrites() throws IOException {
    file("grpc: " + "[".repeat(100_000));

    assertThat(refused(Map.of(), Map.of())).singleElement().asString().contains("is not YAML");
  }

  private void file(String text) throws IOException {
    Files.writeString(config.resolve("my-xds.yaml"), text);
  }

  private String at(int line, int column) {
    return config.resolve("my-xds.yaml") + ":" + line + ":" + column + ": ";
  }

  private Reading.Accepted accepted(Map<String, String> flags, Map<String, String> environment) {
    return (Reading.Accepted) read(flags, environment);
  }

  private List<String> refused(Map<String, String> flags, Map<String, String> environment) {
    return ((Reading.Refused) read(flags, environment)).messages();
  }

  private Reading read(Map<String, String> flags, Map<String, String> environment) {
    var all = new HashMap<>(flags);
    all.put("config", config.toString());
    return SettingsReader.read(all, environment);
  }
}
