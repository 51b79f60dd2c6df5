package myxds.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration directory of a daemon, with the files of one group. */
record ConfigFolder(Path root, String group) {

  /** What the Envoys of these tests are served. */
  static ConfigFolder in(Path folder) {
    return new ConfigFolder(folder.resolve("config"), "node1");
  }

  /** Replaces a file; several documents are one save. */
  void write(String name, String... documents) throws IOException {
    Files.writeString(file(name), String.join("\n---\n", documents));
  }

  void delete(String name) throws IOException {
    Files.delete(file(name));
  }

  private Path file(String name) throws IOException {
    return Files.createDirectories(root.resolve(group)).resolve(name + ".yaml");
  }
}
