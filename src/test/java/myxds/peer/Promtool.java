package myxds.peer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own tool: {@code $PROMTOOL}, the one on the path, or in the ignored folder. */
final class Promtool {
  private static final Path FETCHED = Path.of(".tools", "promtool", "promtool");

  private final Path binary;

  private Promtool(Path binary) {
    this.binary = binary;
  }

  /** What it said, errors too. */
  record Verdict(int exitCode, String said) {}

  /** Without one the test is skipped, which {@code ./verify} tells and CI refuses. */
  static Promtool require() {
    var found = find();
    Assumptions.assumeTrue(found.isPresent(), "no promtool: ./verify fetches one");
    return new Promtool(found.get());
  }

  private static Optional<Path> find() {
    var named = Optional.ofNullable(System.getenv("PROMTOOL")).map(Path::of).stream();
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    var onPath =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "promtool"));
    return Stream.of(named, onPath, Stream.of(FETCHED))
        .flatMap(places -> places)
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toAbsolutePath);
  }

  Verdict run(Path input, String... arguments) throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of(binary.toString()), Stream.of(arguments)).toList();
    return run(command, input);
  }

  private static Verdict run(List<String> command, Path input)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).redirectInput(input.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Verdict(process.waitFor(), said);
  }
}
