package myxds.gate;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.resource.Schema;

/**
 * Which resource of a group asks for which other by its name, for people to look at.
 *
 * @param references of each resource, whether they are there or not
 */
public record Links(Map<ResourceId, List<ResourceId>> references) {
  /** What is of use only if another names it. */
  private static final Set<ResourceType> NAMED =
      Set.of(
          ResourceType.CLUSTER,
          ResourceType.ENDPOINT,
          ResourceType.ROUTE,
          ResourceType.SECRET,
          ResourceType.EXTENSION_CONFIG);

  public Links {
    references = Map.copyOf(references);
  }

  /**
   * Reads them; takes a while for many resources.
   *
   * @param resources of one group
   */
  public static Links of(Collection<Resource> resources, Schema schema) {
    var reader = new ReferenceReader(schema);
    var references = new LinkedHashMap<ResourceId, List<ResourceId>>();
    for (var resource : resources) {
      references.put(
          resource.id(),
          reader.read(resource.message()).references().stream()
              .map(reference -> new ResourceId(reference.type(), reference.name()))
              .distinct()
              .toList());
    }
    return new Links(references);
  }

  /** The resources that another names, or that need no one to. */
  public Set<ResourceId> used() {
    var used = new HashSet<ResourceId>();
    references.forEach((id, asked) -> {
      used.addAll(asked);
      if (!NAMED.contains(id.type())) {
        used.add(id);
      }
    });
    return used;
  }
}
