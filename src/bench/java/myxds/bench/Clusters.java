package myxds.bench;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The clusters that a subject serves, about 170 bytes each in a response, some 50 more in delta.
 * Only the first changes; it carries the stamp, from which clients tell when it was triggered, and
 * sorts before the others, so that they find it at the start of a response.
 */
final class Clusters {
  private final List<Cluster> all;

  Clusters(int count) {
    all = new ArrayList<>(IntStream.range(0, count).mapToObj(Clusters::cluster).toList());
  }

  List<Cluster> at(String stamp) {
    all.set(0, all.getFirst().toBuilder().setAltStatName("t0=" + stamp).build());
    return List.copyOf(all);
  }

  private static Cluster cluster(int index) {
    var name = "service-%05d.bench.internal".formatted(index);
    return Cluster.newBuilder()
        .setName(name)
        .setType(Cluster.DiscoveryType.STRICT_DNS)
        .setConnectTimeout(Durations.fromMillis(250))
        .setLoadAssignment(
            ClusterLoadAssignment.newBuilder()
                .setClusterName(name)
                .addEndpoints(LocalityLbEndpoints.newBuilder().addLbEndpoints(endpoint(name))))
        .build();
  }

  private static LbEndpoint.Builder endpoint(String host) {
    var socket = SocketAddress.newBuilder().setAddress(host).setPortValue(8080);
    return LbEndpoint.newBuilder()
        .setEndpoint(
            Endpoint.newBuilder().setAddress(Address.newBuilder().setSocketAddress(socket)));
  }
}
