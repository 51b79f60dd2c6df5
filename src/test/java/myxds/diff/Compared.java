package myxds.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import myxds.diff.GroupDiff.Change;
import myxds.diff.GroupDiff.Field;
import myxds.resource.Document;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;

/** What tests compare: resources as their authors write them. */
final class Compared {
  static final Schema SCHEMA = Schema.ofApi();

  private Compared() {}

  static GroupSnapshot snapshot(String yaml) {
    var parsed = new ResourceParser(SCHEMA).parse(new Document("edge/a.yaml", yaml));
    assertThat(parsed.problems()).isEmpty();
    return GroupSnapshot.of(parsed.resources());
  }

  static List<Change> changes(String before, String after) {
    return GroupDiff.between("edge", snapshot(before), snapshot(after), SCHEMA).changes();
  }

  /** The one change. */
  static Change change(String before, String after) {
    var changes = changes(before, after);
    assertThat(changes).hasSize(1);
    return changes.getFirst();
  }

  /** Its fields, as lines. */
  static List<String> fields(String before, String after) {
    return change(before, after).fields().stream().map(Compared::line).toList();
  }

  private static String line(Field field) {
    return field.secret()
        ? field.path() + ": (secret)"
        : "%s: %s → %s".formatted(field.path(), field.before(), field.after());
  }

  static String cluster(String more) {
    return """
    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
    name: a
    %s
    """
        .formatted(more.replace("\n", "\n    "))
        .replaceAll("(?m)^    ", "");
  }

  static String listener(String more) {
    return cluster(more)
        .replace("envoy.config.cluster.v3.Cluster", "envoy.config.listener.v3.Listener");
  }

  static String route(String more) {
    return cluster(more)
        .replace("envoy.config.cluster.v3.Cluster", "envoy.config.route.v3.RouteConfiguration");
  }

  static String secret(String more) {
    return cluster(more)
        .replace(
            "envoy.config.cluster.v3.Cluster", "envoy.extensions.transport_sockets.tls.v3.Secret");
  }

  static String endpoints(String more) {
    return cluster(more)
        .replace(
            "envoy.config.cluster.v3.Cluster", "envoy.config.endpoint.v3.ClusterLoadAssignment")
        .replace("name: a", "cluster_name: a");
  }
}
