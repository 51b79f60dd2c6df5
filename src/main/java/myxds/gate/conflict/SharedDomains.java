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
 * The domains of virtual hosts that are resources of their own (VHDS), and of the route
 * configuration that they are added to: Envoy refuses the virtual host that brings one again. Its
 * name says where it goes: {@code route-configuration/anything}.
 */
final class SharedDomains {
  private final Map<Key, Place> first = new HashMap<>();
  private final Set<Key> told = new HashSet<>();
  private final List<Located> found = new ArrayList<>();

  private SharedDomains() {}

  private record Key(String routes, String domain) {}

  private record Place(Resource resource, FieldPath at) {}

  static List<Located> check(Collection<Resource> resources) {
    var domains = new SharedDomains();
    for (var resource : resources) {
      if (resource.type().equals(ResourceType.ROUTE)) {
        domains.routes(resource);
      }
    }
    for (var resource : resources) {
      if (resource.type().equals(ResourceType.VIRTUAL_HOST)) {
        domains.host(resource);
      }
    }
    return domains.found;
  }

  /** What is there twice in it is told with the route configuration itself. */
  private void routes(Resource resource) {
    var routes = new Node(resource.message(), FieldPath.ROOT);
    if (!routes.has("vhds")) {
      return;
    }
    for (var host : routes.children("virtual_hosts")) {
      var domains = host.texts("domains");
      for (int i = 0; i < domains.size(); i++) {
        var place = new Place(resource, host.at("domains").index(i));
        first.putIfAbsent(new Key(resource.name(), Text.lower(domains.get(i))), place);
      }
    }
  }

  private void host(Resource resource) {
    var name = resource.name();
    var routes = name.substring(0, Math.max(0, name.lastIndexOf('/')));
    var host = new Node(resource.message(), FieldPath.ROOT);
    var domains = host.texts("domains");
    for (int i = 0; i < domains.size(); i++) {
      var key = new Key(routes, Text.lower(domains.get(i)));
      var place = new Place(resource, host.at("domains").index(i));
      var other = first.putIfAbsent(key, place);
      if (other != null) {
        if (told.add(key)) {
          tell(other, place, domains.get(i));
        }
        tell(place, other, domains.get(i));
      }
    }
  }

  private void tell(Place place, Place other, String domain) {
    var text =
        "domain \"%s\" is there twice, also in %s \"%s\" (expected: once for a route configuration)"
            .formatted(
                domain,
                other.resource.type().equals(ResourceType.ROUTE)
                    ? "route configuration"
                    : "virtual host",
                other.resource.name());
    found.add(new Located(place.resource, Finding.error(place.at, text)));
  }
}
