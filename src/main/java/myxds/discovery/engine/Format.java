package myxds.discovery.engine;

import java.util.Collection;
import java.util.Set;

/**
 * What a stream's responses look like.
 *
 * @param delta DeltaDiscoveryResponse, else DiscoveryResponse
 * @param ttl whether the client knows what a time to live is
 */
record Format(boolean delta, boolean ttl) {
  /**
   * Resources may come wrapped in state of the world too. Envoy and gRPC say it as the first; its
   * documentation has had the others.
   */
  private static final Set<String> WRAPPED =
      Set.of(
          "xds.config.resource-in-sotw",
          "xds.config.supports-resource-in-sotw",
          "envoy.config.resource-in-sotw",
          "envoy.config.supports-resource-in-sotw");

  /**
   * A delta client knows wrappers, for it gets nothing else; a SotW client may say that it does.
   *
   * @param features as the client's node lists them
   */
  static Format of(boolean delta, Collection<String> features) {
    return new Format(delta, delta || features.stream().anyMatch(WRAPPED::contains));
  }
}
