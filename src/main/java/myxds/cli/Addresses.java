package myxds.cli;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;

/** A place to listen or to connect to, in Envoy's messages. */
final class Addresses {
  private Addresses() {}

  static Address address(HostPort at) {
    return Address.newBuilder()
        .setSocketAddress(SocketAddress.newBuilder().setAddress(at.host()).setPortValue(at.port()))
        .build();
  }

  /** A cluster's one endpoint. */
  static ClusterLoadAssignment loadAssignment(String cluster, HostPort endpoint) {
    var one =
        LbEndpoint.newBuilder().setEndpoint(Endpoint.newBuilder().setAddress(address(endpoint)));
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(cluster)
        .addEndpoints(LocalityLbEndpoints.newBuilder().addLbEndpoints(one))
        .build();
  }
}
