package myxds.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The {@code envoy.service.discovery.v3.Resource} that may stand around a resource. */
final class Wrapper {
  static final String NAME = "envoy.service.discovery.v3.Resource";

  private static final Set<String> UNDERSTOOD = Set.of("@type", "name", "resource", "version");
  private static final Set<String> NOT_DELIVERED =
      Set.of("ttl", "aliases", "cache_control", "resource_name", "metadata");

  private Wrapper() {}

  /** What of the wrapper will not reach Envoy. */
  static List<Problem> check(Tree.Mapping wrapper) {
    var problems = new ArrayList<Problem>();
    for (var entry : wrapper.entries()) {
      if (NOT_DELIVERED.contains(entry.key())) {
        problems.add(
            Problem.warning(
                entry.origin(), "\"%s\" of the wrapper is not delivered".formatted(entry.key())));
      } else if (!UNDERSTOOD.contains(entry.key())) {
        problems.add(
            Problem.error(
                entry.origin(), "unknown field \"%s\" in %s".formatted(entry.key(), NAME)));
      }
    }
    return problems;
  }
}
