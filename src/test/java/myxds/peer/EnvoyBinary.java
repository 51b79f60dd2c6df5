package myxds.peer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds the real Envoy where the launcher does: {@code $ENVOY}, the path, the ignored folder. */
public final class EnvoyBinary {
  private static final Path FETCHED = Path.of(".tools", "envoy-1.40.0", "envoy");

  private EnvoyBinary() {}

  /** The binary; without one the test is skipped, which {@code ./verify} tells and CI refuses. */
  public static Path require() {
    var found = find();
    Assumptions.assumeTrue(found.isPresent(), "no Envoy binary: ./verify fetches one");
    return found.get();
  }

  private static Optional<Path> find() {
    var named = Optional.ofNullable(System.getenv("ENVOY")).map(Path::of).stream();
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    var onPath =
        Arrays.stream(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, "envoy"));
    return Stream.of(named, onPath, Stream.of(FETCHED))
        .flatMap(places -> places)
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toAbsolutePath);
  }
}
