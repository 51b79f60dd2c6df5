package myxds.gate.envoy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** A bootstrap with these parts, as Envoy reads it from a {@code .json} file. */
final class BootstrapText {
  /** Where Envoy would ask; a validation asks nobody. */
  private static final String SERVER = "my-xds-management-server";

  private static final String FRAME =
      """
      {"node": {"id": "validation", "cluster": "validation"},
       "bootstrap_extensions": [{"name": "envoy.bootstrap.internal_listener", "typed_config":
         {"@type": "type.googleapis.com/envoy.extensions.bootstrap.internal_listener.v3.InternalListener"}}],
       "static_resources": {"listeners": [], "clusters": [], "secrets": []},
       "dynamic_resources": {"ads_config": {"api_type": "GRPC",
         "grpc_services": [{"envoy_grpc": {"cluster_name": "%s"}}]}}}
      """
          .formatted(SERVER);

  private BootstrapText() {}

  /**
   * @param elsewhere clusters that the nodes have of their own
   */
  static String of(Collection<Part> parts, Set<String> elsewhere) {
    var bootstrap = JsonParser.parseString(FRAME).getAsJsonObject();
    var resources = bootstrap.getAsJsonObject("static_resources");
    var missing = new HashSet<>(elsewhere);
    missing.add(SERVER);
    for (var part : parts) {
      resources.getAsJsonArray(part.list()).add(part.json());
      if (part.list().equals("clusters")) {
        missing.remove(part.resource().name());
      }
    }
    missing.forEach(name -> add(name, resources.getAsJsonArray("clusters")));
    return bootstrap.toString();
  }

  private static void add(String name, JsonArray clusters) {
    var assignment = new JsonObject();
    assignment.addProperty("cluster_name", name);
    var cluster = new JsonObject();
    cluster.addProperty("name", name);
    cluster.addProperty("type", "STATIC");
    cluster.add("load_assignment", assignment);
    clusters.add(cluster);
  }
}
