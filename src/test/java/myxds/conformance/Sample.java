package myxds.conformance;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import myxds.resource.ResourceType;

/** Small resources; the number or text of each is what an edit changes. */
final class Sample {
  /** Secrets that every state holds, for {@link Trial}'s barriers. */
  static final int BARRIERS = 12;

  private static final Map<ResourceType, Message> EMPTY =
      Map.of(
          ResourceType.EXTENSION_CONFIG, TypedExtensionConfig.getDefaultInstance(),
          ResourceType.CLUSTER, Cluster.getDefaultInstance(),
          ResourceType.ENDPOINT, ClusterLoadAssignment.getDefaultInstance(),
          ResourceType.LISTENER, Listener.getDefaultInstance(),
          ResourceType.ROUTE, RouteConfiguration.getDefaultInstance(),
          ResourceType.SECRET, Secret.getDefaultInstance());

  private Sample() {}

  /** Two of each of the five types, named a and b, and the barriers. */
  static List<Message> standard() {
    return withBarriers(
        List.of(
            cluster("a", 1),
            cluster("b", 1),
            endpoints("a", 1),
            endpoints("b", 1),
            listener("a", 1),
            listener("b", 1),
            route("a", "one"),
            route("b", "one"),
            secret("a", "one"),
            secret("b", "one")));
  }

  static List<Message> withBarriers(Collection<? extends Message> resources) {
    var all = new ArrayList<Message>(resources);
    IntStream.range(0, BARRIERS).forEach(i -> all.add(secret(barrier(i), "barrier")));
    return all;
  }

  static String barrier(int number) {
    return "barrier-" + number;
  }

  static Cluster cluster(String name, int timeoutSeconds) {
    var ads = ConfigSource.newBuilder().setAds(AggregatedConfigSource.getDefaultInstance());
    return Cluster.newBuilder()
        .setName(name)
        .setType(Cluster.DiscoveryType.EDS)
        .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ads))
        .setConnectTimeout(Durations.fromSeconds(timeoutSeconds))
        .build();
  }

  static ClusterLoadAssignment endpoints(String cluster, int port) {
    var endpoint = Endpoint.newBuilder().setAddress(address(port));
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(cluster)
        .addEndpoints(
            LocalityLbEndpoints.newBuilder()
                .addLbEndpoints(LbEndpoint.newBuilder().setEndpoint(endpoint)))
        .build();
  }

  static Listener listener(String name, int port) {
    // Each at an address of its own: the port is what changes.
    var host = address(port).getSocketAddress().toBuilder().setAddress("127.0.0." + hash(name));
    return Listener.newBuilder()
        .setName(name)
        .setAddress(Address.newBuilder().setSocketAddress(host))
        .addFilterChains(FilterChain.getDefaultInstance())
        .build();
  }

  private static int hash(String name) {
    return Math.floorMod(name.hashCode(), 256);
  }

  static RouteConfiguration route(String name, String host) {
    return RouteConfiguration.newBuilder()
        .setName(name)
        .addVirtualHosts(VirtualHost.newBuilder().setName(host).addDomains(host))
        .build();
  }

  /** Sends everything to the cluster. */
  static RouteConfiguration routeTo(String name, String cluster) {
    return routeTo(name, cluster, "*");
  }

  static RouteConfiguration routeTo(String name, String cluster, String host) {
    var action = RouteAction.newBuilder().setCluster(cluster);
    return RouteConfiguration.newBuilder()
        .setName(name)
        .addVirtualHosts(
            VirtualHost.newBuilder()
                .setName(host)
                .addDomains(host)
                .addRoutes(Route.newBuilder().setRoute(action)))
        .build();
  }

  static Secret secret(String name, String text) {
    var bytes = DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8(text));
    return Secret.newBuilder()
        .setName(name)
        .setGenericSecret(GenericSecret.newBuilder().setSecret(bytes))
        .build();
  }

  static ResourceType type(Message message) {
    return ResourceType.of("type.googleapis.com/" + message.getDescriptorForType().getFullName());
  }

  static String name(Message message) {
    var type = message.getDescriptorForType();
    var field = type.findFieldByName("name");
    return (String) message.getField(field != null ? field : type.findFieldByName("cluster_name"));
  }

  /** The names that a response carries, in its order. */
  static List<String> names(DiscoveryResponse response) {
    return response.getResourcesList().stream().map(packed -> name(unpack(packed))).toList();
  }

  static List<String> names(DeltaDiscoveryResponse response) {
    return response.getResourcesList().stream().map(Resource::getName).toList();
  }

  /** The version of each resource in a response. */
  static Map<String, String> versions(DeltaDiscoveryResponse response) {
    return response.getResourcesList().stream()
        .collect(Collectors.toMap(Resource::getName, Resource::getVersion));
  }

  static Message unpack(Any packed) {
    try {
      var type = EMPTY.get(ResourceType.of(packed.getTypeUrl()));
      if (type == null) {
        throw new AssertionError("a resource of an unexpected type: " + packed.getTypeUrl());
      }
      return type.getParserForType().parseFrom(packed.getValue());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not a " + packed.getTypeUrl(), e);
    }
  }

  private static Address address(int port) {
    return Address.newBuilder()
        .setSocketAddress(SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(port))
        .build();
  }
}
