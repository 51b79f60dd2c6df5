package myxds.peer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Another's program that tests need, found where {@code src/tools} finds it.
 *
 * @param folder in which it runs
 */
public record Tool(Path binary, Path folder) {
  private static final long MOST_SECONDS = 120;

  /** What it said, errors too. */
  record Verdict(int exitCode, String said) {}

  /** The real Envoy. */
  static Tool envoy() {
    return require(List.of("envoy"), "envoy-1.40.0/envoy");
  }

  /** Any browser of this kind. */
  public static Tool chromium() {
    return require(List.of("chromium", "chromium-browser", "google-chrome"), "chromium");
  }

  /** Prometheus' own, which judges metrics, rules and their tests. */
  static Tool promtool() {
    return require(List.of("promtool"), "promtool/promtool");
  }

  /** Holds an HTTP API against its description. */
  static Tool schemathesis() {
    return require(List.of("schemathesis"), "schemathesis-4.32.5/bin/schemathesis");
  }

  /**
   * The one that the variable names, the one on the path, or the one in the ignored folder. Without
   * one the test is skipped, which {@code ./verify} tells and CI refuses.
   */
  private static Tool require(List<String> names, String fetched) {
    var variable = names.getFirst().toUpperCase(Locale.ROOT);
    var named = Optional.ofNullable(System.getenv(variable)).map(Path::of).stream();
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    var onPath =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)));
    var found =
        Stream.of(named, onPath, Stream.of(Path.of(".tools", fetched)))
            .flatMap(places -> places)
            .filter(place -> Files.isExecutable(place) && Files.isRegularFile(place))
            .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), "no %s: ./verify gets one".formatted(names.getFirst()));
    return new Tool(found.orElseThrow().toAbsolutePath(), Path.of("").toAbsolutePath());
  }

  Tool in(Path folder) {
    return new Tool(binary, folder);
  }

  Verdict run(Path input, String... arguments) throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of(binary.toString()), Stream.of(arguments)).toList();
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Verdict(process.waitFor(), said);
  }
}
