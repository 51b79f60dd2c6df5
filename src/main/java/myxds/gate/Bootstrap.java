package myxds.gate;

import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.resource.ResourceType;

/**
 * What the nodes have before anything is delivered to them, as far as it is known.
 *
 * @param names of the resources in its static part, by their type
 * @param servers the clusters behind which it expects this program; empty when that is not known
 * @param whole whether it has no other names than these
 */
public record Bootstrap(Map<ResourceType, Set<String>> names, Set<String> servers, boolean whole) {
  /** Nothing is known. */
  public static final Bootstrap UNKNOWN = new Bootstrap(Map.of(), Set.of(), false);

  private static final Map<String, ResourceType> STATIC =
      Map.of(
          "clusters", ResourceType.CLUSTER,
          "listeners", ResourceType.LISTENER,
          "secrets", ResourceType.SECRET);

  public Bootstrap {
    names = Map.copyOf(names);
    servers = Set.copyOf(servers);
  }

  /**
   * Of an {@code envoy.config.bootstrap.v3.Bootstrap}, in whatever schema: the names in its static
   * part, and where it asks for all others.
   */
  public static Bootstrap of(Message bootstrap) {
    var names = new HashMap<ResourceType, Set<String>>();
    STATIC.forEach((field, type) ->
        names.put(type, Set.copyOf(Fields.texts(bootstrap, "static_resources", field, "name"))));
    var servers =
        Stream.of("lds_config", "cds_config")
            .map(field -> Fields.get(bootstrap, "dynamic_resources", field, "api_config_source"));
    var ads = Stream.of(Fields.get(bootstrap, "dynamic_resources", "ads_config"));
    return new Bootstrap(
        names,
        Stream.concat(servers, ads)
            .flatMap(Optional::stream)
            .flatMap(api -> ReferenceReader.servers(api).stream())
            .collect(Collectors.toSet()),
        true);
  }

  /** This, with clusters of which somebody said that every node has them. */
  public Bootstrap withClusters(Set<String> clusters) {
    var all =
        Stream.concat(names(ResourceType.CLUSTER).stream(), clusters.stream())
            .collect(Collectors.toSet());
    var more = new HashMap<>(names);
    more.put(ResourceType.CLUSTER, all);
    return new Bootstrap(more, servers, whole);
  }

  Set<String> names(ResourceType type) {
    return names.getOrDefault(type, Set.of());
  }

  boolean has(Reference reference) {
    return names(reference.type()).contains(reference.name());
  }

  /** Whether it is known behind which clusters this program is. */
  boolean knowsServers() {
    return !servers.isEmpty();
  }

  /** Whether a management server may be this one. */
  boolean leadsHere(Provider.Server server) {
    return servers.isEmpty() || server.clusters().stream().anyMatch(servers::contains);
  }
}
