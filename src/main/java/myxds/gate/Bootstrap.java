package myxds.gate;

import java.util.HashMap;
import java.util.Map;
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

  public Bootstrap {
    names = Map.copyOf(names);
    servers = Set.copyOf(servers);
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

  /** Whether a management server may be this one. */
  boolean leadsHere(Provider.Server server) {
    return servers.isEmpty() || server.clusters().stream().anyMatch(servers::contains);
  }
}
