package myxds.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of xDS resource. The type is a value: nothing in the program has one class per kind.
 *
 * @param typeUrl what Envoy calls it, {@code type.googleapis.com/envoy.config.cluster.v3.Cluster}
 * @param plural what people call it, in paths, logs and the API: {@code clusters}
 */
public record ResourceType(String typeUrl, String plural) {
  private static final String PREFIX = "type.googleapis.com/";

  public static final ResourceType CLUSTER = known("envoy.config.cluster.v3.Cluster", "clusters");
  public static final ResourceType ENDPOINT =
      known("envoy.config.endpoint.v3.ClusterLoadAssignment", "endpoints");
  public static final ResourceType LISTENER =
      known("envoy.config.listener.v3.Listener", "listeners");
  public static final ResourceType ROUTE =
      known("envoy.config.route.v3.RouteConfiguration", "routes");
  public static final ResourceType SCOPED_ROUTE =
      known("envoy.config.route.v3.ScopedRouteConfiguration", "scoped-routes");
  public static final ResourceType VIRTUAL_HOST =
      known("envoy.config.route.v3.VirtualHost", "virtual-hosts");
  public static final ResourceType SECRET =
      known("envoy.extensions.transport_sockets.tls.v3.Secret", "secrets");
  public static final ResourceType RUNTIME = known("envoy.service.runtime.v3.Runtime", "runtime");
  public static final ResourceType EXTENSION_CONFIG =
      known("envoy.config.core.v3.TypedExtensionConfig", "extension_configs");

  /** Endpoints that stand alone, for LEDS. */
  public static final ResourceType LOCALITY_ENDPOINT =
      known("envoy.config.endpoint.v3.LbEndpoint", "lb-endpoints");

  /** The types that have a short name, in the order in which Envoy should hear of them. */
  public static final List<ResourceType> KNOWN =
      List.of(
          CLUSTER,
          ENDPOINT,
          LISTENER,
          ROUTE,
          SCOPED_ROUTE,
          VIRTUAL_HOST,
          SECRET,
          RUNTIME,
          EXTENSION_CONFIG,
          LOCALITY_ENDPOINT);

  private static final Map<String, ResourceType> BY_URL =
      KNOWN.stream().collect(Collectors.toMap(ResourceType::typeUrl, Function.identity()));

  /** The type of this URL; one without a short name is called by its full message name. */
  public static ResourceType of(String typeUrl) {
    var known = BY_URL.get(typeUrl);
    return known != null ? known : new ResourceType(typeUrl, messageName(typeUrl));
  }

  /** The type whose resources are messages of this full name. */
  public static ResourceType ofMessage(String messageName) {
    return of(PREFIX + messageName);
  }

  /** The known type with this short name, as in {@code /v3/discovery:clusters}. */
  public static Optional<ResourceType> ofPlural(String plural) {
    return KNOWN.stream().filter(type -> type.plural.equals(plural)).findFirst();
  }

  /** The full message name, {@code envoy.config.cluster.v3.Cluster}. */
  public String messageName() {
    return messageName(typeUrl);
  }

  @Override
  public String toString() {
    return plural;
  }

  private static String messageName(String typeUrl) {
    return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
  }

  private static ResourceType known(String messageName, String plural) {
    return new ResourceType(PREFIX + messageName, plural);
  }
}
