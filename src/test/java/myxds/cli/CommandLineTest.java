package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  /** For commands that need none. */
  static final Commands.Parts NO_PARTS =
      new Commands.Parts(
          request -> 1,
          flags -> new CheckReport.NotChecked(List.of()),
          wish -> {
            throw new AssertionError("nobody asked to watch " + wish);
          });

  private final List<ServeRequest> served = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void servesWhenNoCommandIsNamed() {
    assertThat(run()).isEqualTo(7);

    assertThat(served).containsExactly(new ServeRequest(Map.of(), false, null));
  }

  @Test
  void tellsAFaultOfItsOwnFromWhatACommandFound() {
    var parts =
        new Commands.Parts(
            request -> 1,
            flags -> {
              throw new IllegalStateException("a fault");
            },
            NO_PARTS.watching());

    var code =
        Commands.commandLine(CommandLineTest.class, parts)
            .setErr(new PrintWriter(err, true))
            .execute("check");

    assertThat(code).isEqualTo(70);
    assertThat(err.toString()).startsWith("java.lang.IllegalStateException: a fault");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "serve "})
  void passesTheFlagsOnByTheirSettingsKeys(String command) {
    var flags =
        "--grpc-port 1 --rest-port=2 --admin-port x --config dir --log-format json"
            + " --ports-file p --print-settings";

    run((command + flags).split(" "));

    var expected =
        Map.of(
            "grpc.port", "1",
            "rest.port", "2",
            "admin.port", "x",
            "config", "dir",
            "log.format", "json");
    assertThat(served).containsExactly(new ServeRequest(expected, true, Path.of("p")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "serve extra",
        "--bogus",
        "--grpc-port",
        "--grpc-port 1 --grpc-port 2",
        "bootstrap",
        "diff a b",
        "diff --admin",
        "diff -o xml",
        "bootstrap --node a --delta --rest",
        "bootstrap --node a --xds nowhere",
        "bootstrap --node a --xds host:1 --xds host:1",
        "bootstrap --node a --xds host:0",
        "bootstrap --node a --xds host:65536",
        "bootstrap --node a --cluster=",
        "bootstrap --node=",
        "hello --port 65536",
        "hello --port -1",
        "demo --port 1",
        "check a b",
        "check --format xml",
        "watch",
        "watch clusters",
        "watch --node a",
        "watch clusters --node=",
        "watch clusters --node a --names a,,b",
        "watch clusters --node a --count 0",
        "watch clusters --node a --xds nowhere",
        "watch clusters --node a -o xml",
      })
  void answersWrongUsageWithUsage(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);

    assertThat(err.toString()).startsWith("my-xds: ").contains("Usage: my-xds");
    assertThat(out.toString()).isEmpty();
    assertThat(served).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--help,my-xds", "serve --help,my-xds serve", "demo -h,my-xds demo"})
  void helps(String line, String command) {
    assertThat(run(line.split(" "))).isZero();

    assertThat(out.toString()).contains("Usage: " + command + " ");
    assertThat(served).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "serve --version", "bootstrap -V", "hello --version"})
  void saysItsVersion(String line) {
    assertThat(run(line.split(" "))).isZero();

    assertThat(out.toString()).startsWith("my-xds ");
    assertThat(served).isEmpty();
  }

  private int run(String... args) {
    Serving serving =
        request -> {
          served.add(request);
          return 7;
        };
    var parts = new Commands.Parts(serving, NO_PARTS.checking(), NO_PARTS.watching());
    return Commands.commandLine(Object.class, parts)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Commands.orServe(args));
  }
}
