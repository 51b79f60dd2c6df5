package myxds.cli;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.List;

/** A place to listen or to connect to, in Envoy's messages. */
final class Addresses {
  private Addresses() {}

  static Address address(HostPort at) {
    return Address.newBuilder()
        .setSocketAddress(SocketAddress.newBuilder().setAddress(at.host()).setPortValue(at.port()))
        .build();
  }

  /** A cluster's endpoints, the first with the highest priority. */
  static ClusterLoadAssignment loadAssignment(String cluster, List<HostPort> endpoints) {
    var assignment = ClusterLoadAssignment.newBuilder().setClusterName(cluster);
    for (int i = 0; i < endpoints.size(); i++) {
      var endpoint = Endpoint.newBuilder().setAddress(address(endpoints.get(i)));
      assignment.addEndpoints(
          LocalityLbEndpoints.newBuilder()
              .setPriority(i)
              .addLbEndpoints(LbEndpoint.newBuilder().setEndpoint(endpoint)));
    }
    return assignment.build();
  }
}
