package myxds.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A configuration directory of a test. */
record Folder(Path path) {
  private static final String CLUSTER =
      "- {\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s}\n";

  /** Clusters with these names, in the shape of a resource file. */
  static String clusters(String... names) {
    return Arrays.stream(names)
        .map(CLUSTER::formatted)
        .collect(Collectors.joining("", "resources:\n", ""));
  }

  /** Writes a file as editors do: whole, by a rename. */
  void write(String name, String text) throws IOException {
    var file = path.resolve(name);
    Files.createDirectories(file.getParent());
    var beside = Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  void settings(String text) throws IOException {
    write("my-xds.yaml", text);
  }

  Path settings() {
    return path.resolve("my-xds.yaml");
  }
}
