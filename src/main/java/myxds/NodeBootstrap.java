package myxds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import myxds.gate.Bootstrap;
import myxds.resource.Document;
import myxds.resource.ResourceType;
import myxds.resource.Schema;
import org.jspecify.annotations.Nullable;

/** What the nodes have of their own, as the settings tell it. */
final class NodeBootstrap {
  private static final ResourceType TYPE =
      ResourceType.ofMessage("envoy.config.bootstrap.v3.Bootstrap");

  private NodeBootstrap() {}

  /**
   * @param file an {@code envoy.yaml}; null when there is none to read
   * @param clusters that every node has besides
   * @throws IOException if the file cannot be read or is no bootstrap; its message names the file
   */
  static Bootstrap read(@Nullable Path file, Set<String> clusters, Schema schema)
      throws IOException {
    var known = file == null ? Bootstrap.UNKNOWN : Bootstrap.of(schema.read(text(file), TYPE));
    return known.withClusters(clusters);
  }

  private static Document text(Path file) throws IOException {
    try {
      return new Document(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new IOException("cannot read the bootstrap " + file + ": " + e, e);
    }
  }
}
