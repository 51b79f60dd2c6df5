package myxds.gate.conflict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import myxds.resource.FieldPath;
import myxds.resource.Finding;

/**
 * The names and domains of the virtual hosts of one route configuration. Envoy refuses a domain
 * that is there twice, whatever its case; a name twice it takes.
 */
final class Domains implements Check {
  static final String TYPE = "envoy.config.route.v3.RouteConfiguration";

  @Override
  public void of(Node routes, List<Finding> found) {
    var names = new HashMap<String, FieldPath>();
    var domains = new HashMap<String, FieldPath>();
    for (var host : routes.children("virtual_hosts")) {
      var other = names.putIfAbsent(host.text("name"), host.at("name"));
      if (other != null) {
        found.add(Finding.warning(host.at("name"), twice(host.text("name"), other)));
      }
      domains(host, domains, found);
    }
  }

  private static String twice(String name, FieldPath other) {
    return "virtual host \"%s\" is there twice, also at %s: their statistics are added up (expected: a name of its own)"
        .formatted(name, other);
  }

  private static void domains(Node host, Map<String, FieldPath> known, List<Finding> found) {
    var domains = host.texts("domains");
    for (int i = 0; i < domains.size(); i++) {
      var at = host.at("domains").index(i);
      var other = known.putIfAbsent(Text.lower(domains.get(i)), at);
      if (other != null) {
        found.add(
            Finding.error(
                at,
                "domain \"%s\" is there twice, also at %s (expected: once in a route configuration)"
                    .formatted(domains.get(i), other)));
      }
    }
  }
}
