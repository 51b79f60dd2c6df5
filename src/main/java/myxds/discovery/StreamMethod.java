package myxds.discovery;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.Objects;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC method that streams resources.
 *
 * @param type the only one that it serves; null on the aggregated service
 */
record StreamMethod(Transport transport, @Nullable ResourceType type) {
  private static final Map<String, ResourceType> TYPES =
      Map.of(
          ClusterDiscoveryServiceGrpc.SERVICE_NAME, ResourceType.CLUSTER,
          EndpointDiscoveryServiceGrpc.SERVICE_NAME, ResourceType.ENDPOINT,
          ListenerDiscoveryServiceGrpc.SERVICE_NAME, ResourceType.LISTENER,
          RouteDiscoveryServiceGrpc.SERVICE_NAME, ResourceType.ROUTE,
          SecretDiscoveryServiceGrpc.SERVICE_NAME, ResourceType.SECRET);

  static StreamMethod of(MethodDescriptor<?, ?> method) {
    var type = TYPES.get(Objects.requireNonNull(method.getServiceName()));
    var name = Objects.requireNonNull(method.getBareMethodName());
    boolean delta = name.startsWith("Delta");
    if (type == null) {
      return new StreamMethod(delta ? Transport.ADS_DELTA : Transport.ADS_SOTW, null);
    }
    return new StreamMethod(delta ? Transport.DELTA : Transport.SOTW, type);
  }

  boolean serves(String typeUrl) {
    return TYPES.containsValue(ResourceType.of(typeUrl));
  }
}
