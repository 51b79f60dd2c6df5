package myxds.gate.conflict;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import myxds.resource.Finding;

/**
 * Files that Envoy is told to read. It reads them where it runs: one that is here is a trap, for
 * everything works until Envoy is elsewhere. Of one that is not here nothing can be known.
 */
final class Files implements Check {
  /** Message to the field that names a file or folder. */
  static final Map<String, String> FIELDS =
      Map.of(
          "envoy.config.core.v3.DataSource", "filename",
          "envoy.config.core.v3.WatchedDirectory", "path",
          "envoy.config.core.v3.PathConfigSource", "path",
          "envoy.config.core.v3.ConfigSource", "path",
          "envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder",
              "proto_descriptor");

  /** What every system has, so that it is no trap. */
  private static final List<String> EVERYWHERE =
      List.of("/dev/", "/proc/", "/sys/", "/etc/ssl/", "/etc/pki/", "/usr/share/");

  private final Predicate<String> isHere;

  Files(Predicate<String> isHere) {
    this.isHere = isHere;
  }

  @Override
  public void of(Node node, List<Finding> found) {
    var field = FIELDS.get(node.type());
    var file = field == null ? "" : node.text(field);
    if (field != null
        && !file.isEmpty()
        && EVERYWHERE.stream().noneMatch(file::startsWith)
        && isHere.test(file)) {
      found.add(
          Finding.warning(
              node.at(field),
              "%s: \"%s\" exists here (expected: it exists where each Envoy runs)"
                  .formatted(field, file)));
    }
  }
}
