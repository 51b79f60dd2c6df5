package myxds.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Finds a real Envoy: the one that is named, one on the PATH, or the one that was fetched. */
final class EnvoyBinary {
  /** Where src/tools/envoy puts it. */
  private static final Path FETCHED = Path.of(".tools", "envoy-1.40.0", "envoy");

  private EnvoyBinary() {}

  static Path find(Map<String, String> environment, Path home) throws CannotRun {
    var named = environment.getOrDefault("ENVOY", "");
    if (!named.isEmpty()) {
      return named(Path.of(named));
    }
    return Stream.concat(onPath(environment), Stream.of(home.resolve(FETCHED)))
        .filter(EnvoyBinary::isProgram)
        .findFirst()
        .orElseThrow(() ->
            new CannotRun(
                CannotRun.MISSING,
                "no Envoy: ENVOY is not set, there is none on the PATH and none at "
                    + home.resolve(FETCHED)
                    + " (./my-xds demo fetches it)"));
  }

  private static Path named(Path envoy) throws CannotRun {
    if (!isProgram(envoy)) {
      throw new CannotRun(
          CannotRun.MISSING, "ENVOY is " + envoy + ", which is not an executable file");
    }
    return envoy;
  }

  private static Stream<Path> onPath(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "envoy"));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
