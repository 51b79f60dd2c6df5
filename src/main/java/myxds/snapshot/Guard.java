package myxds.snapshot;

import java.util.Optional;
import java.util.Set;
import myxds.resource.ResourceType;

/**
 * Asks before it takes away much of what nodes run: a folder that was not mounted, a script that
 * wrote half of its files, a wrong merge look like a wish.
 *
 * @param on whether it asks at all
 * @param maxRemoved of the resources of one type, as a share from 0 to 1: more is asked for
 * @param min fewer removed resources of a type are never asked for
 */
public record Guard(boolean on, double maxRemoved, int min) {
  /** Half of a type, if that is four resources at least. */
  public static final Guard DEFAULT = new Guard(true, 0.5, 4);

  public static final Guard OFF = new Guard(false, 1, Integer.MAX_VALUE);

  /** Without one of them nothing goes through an Envoy, however few there were. */
  private static final Set<ResourceType> VITAL =
      Set.of(ResourceType.LISTENER, ResourceType.CLUSTER);

  /** Why the next state is to be looked at before it is published; empty when it is not. */
  public Optional<String> objection(GroupSnapshot served, GroupSnapshot next) {
    if (!on || served.types().isEmpty()) {
      return Optional.empty();
    }
    if (next.types().isEmpty()) {
      return Optional.of("nothing is left of the group");
    }
    return served.types().keySet().stream()
        .flatMap(type -> objection(type, served.ofType(type), next.ofType(type)).stream())
        .findFirst();
  }

  private Optional<String> objection(ResourceType type, TypeView served, TypeView next) {
    if (next.size() == 0 && VITAL.contains(type)) {
      return Optional.of("no %s are left of %d".formatted(type, served.size()));
    }
    int removed = served.missingIn(next);
    return removed >= min && removed > maxRemoved * served.size()
        ? Optional.of("%d of %d %s are removed".formatted(removed, served.size(), type))
        : Optional.empty();
  }
}
