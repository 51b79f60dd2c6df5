package myxds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project's own Java files. */
final class Sources {
  private Sources() {}

  static List<Path> all() throws IOException {
    return under(Path.of("src"));
  }

  static List<Path> main() throws IOException {
    return under(Path.of("src/main"));
  }

  static List<Path> bench() throws IOException {
    return under(Path.of("src/bench"));
  }

  private static List<Path> under(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
