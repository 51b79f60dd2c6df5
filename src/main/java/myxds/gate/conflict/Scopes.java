package myxds.gate.conflict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.resource.FieldPath;
import myxds.resource.Finding;
import myxds.resource.Located;
import myxds.resource.Resource;
import myxds.resource.ResourceType;

/**
 * Scoped route configurations. Envoy rejects a listener whose inline scopes name route
 * configurations, a scope without any routes, and two delivered scopes with one key; of two inline
 * scopes with one key it uses the last one.
 */
final class Scopes implements Check {
  static final String TYPE = "envoy.config.route.v3.ScopedRouteConfiguration";

  private static final ResourceType SCOPE = ResourceType.ofMessage(TYPE);
  private static final String NAME = "route_configuration_name";
  private static final String TABLE = "route_configuration";

  @Override
  public void of(Node scope, List<Finding> found) {
    boolean inline = !scope.path().equals(FieldPath.ROOT);
    if (inline && scope.has(NAME)) {
      found.add(
          Finding.error(
              scope.at(NAME),
              "an inline scope names a route configuration (expected: route_configuration, or the scope as a resource of its own)"));
    } else if (!scope.has(NAME) && !scope.has(TABLE)) {
      var expected = inline ? "one" : "one, or a route_configuration_name";
      found.add(
          Finding.error(scope.path(), "no route_configuration (expected: %s)".formatted(expected)));
    }
  }

  /**
   * Returns both places of each key that two scopes of a group have. A listener gets all scopes of
   * its group, or those of one collection.
   */
  static List<Located> check(Collection<Resource> resources) {
    var first = new HashMap<List<Object>, Resource>();
    var told = new HashSet<Resource>();
    var found = new ArrayList<Located>();
    for (var resource : resources) {
      if (resource.type().equals(SCOPE)) {
        shared(resource, first, told, found);
      }
    }
    return found;
  }

  private static void shared(
      Resource scope, Map<List<Object>, Resource> first, Set<Resource> told, List<Located> found) {
    var key = new Node(scope.message(), FieldPath.ROOT).child("key");
    if (key.isEmpty()) {
      return;
    }
    var other = first.putIfAbsent(List.of(collection(scope), key.get().message()), scope);
    if (other != null) {
      if (told.add(other)) {
        found.add(located(other, scope));
      }
      found.add(located(scope, other));
    }
  }

  /** The part of an {@code xdstp} name before its last slash; other names share one collection. */
  private static String collection(Resource scope) {
    var name = scope.name();
    return name.startsWith("xdstp:") ? name.substring(0, name.lastIndexOf('/')) : "";
  }

  private static Located located(Resource here, Resource there) {
    return new Located(
        here,
        Finding.error(
            FieldPath.ROOT.field("key"),
            "the key is also that of scope \"%s\" (expected: a key of its own)"
                .formatted(there.name())));
  }
}
