package myxds.discovery.engine;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import myxds.resource.Delivery;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/** One stream in memory, and the resources that tests serve on it. */
final class Told {
  final Wire wire = new Wire();
  final ClientStream stream;
  private final Rules rules;
  private @Nullable Served served;

  Told(Rules rules) {
    this.rules = rules;
    this.stream = new ClientStream(wire, rules);
  }

  Told() {
    this(ModelTest.RULES);
  }

  /** Another stream of the same client, served the same. */
  Told again() {
    var again = new Told(rules);
    again.served = served;
    again.stream.serve(Objects.requireNonNull(served));
    return again;
  }

  void serve(Resource... resources) {
    serve(GroupSnapshot.of(List.of(resources)));
  }

  void serve(GroupSnapshot snapshot) {
    var next = new Served(snapshot, rules, served);
    served = next;
    stream.serve(next);
  }

  void delta(ResourceType type, DeltaDiscoveryRequest.Builder request) {
    stream.request(type, StreamRequest.of(request.build()));
  }

  void sotw(ResourceType type, DiscoveryRequest.Builder request) {
    stream.request(type, StreamRequest.of(request.build()));
  }

  /** The next response, which must be of this type; it is ACKed. */
  DeltaDiscoveryResponse delta(ResourceType type) {
    try {
      var response = DeltaDiscoveryResponse.parseFrom(next(type));
      delta(type, DeltaDiscoveryRequest.newBuilder().setResponseNonce(response.getNonce()));
      return response;
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  DiscoveryResponse sotw(ResourceType type) {
    try {
      return DiscoveryResponse.parseFrom(next(type));
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] next(ResourceType type) {
    var response = Objects.requireNonNull(wire.sent.poll(), "nothing was sent");
    if (!response.type().equals(type)) {
      throw new AssertionError(response.type() + " came (expected: " + type + ")");
    }
    var bytes = new ByteArrayOutputStream();
    try {
      response.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A cluster that requests its endpoints over ADS. */
  static Resource cluster(String name, String edition) {
    var cluster = Sources.NONE.cluster(name, 0).toBuilder().setAltStatName(edition);
    return resource(ResourceType.CLUSTER, name, cluster.build());
  }

  /** A listener that requests a secret and a filter over ADS. */
  static Resource listener(String name, String other, int edition) {
    var inline = RouteConfiguration.getDefaultInstance();
    return resource(
        ResourceType.LISTENER, name, new Sources(other, edition, true).listener(name, inline));
  }

  /** A cluster that requests a filter over ADS, as one of its own. */
  static Resource filteredCluster(String name, String other, int edition) {
    var cluster = Sources.NONE.cluster(name, 0).toBuilder();
    cluster.setMetadata(new Sources(other, edition, true).discovered());
    return resource(ResourceType.CLUSTER, name, cluster.build());
  }

  /** A filter whose configuration holds this text. */
  static Resource filter(String name, String text) {
    var config = Any.pack(DataSource.newBuilder().setInlineString(text).build());
    var filter = TypedExtensionConfig.newBuilder().setName(name).setTypedConfig(config);
    return resource(ResourceType.EXTENSION_CONFIG, name, filter.build());
  }

  static Resource secret(String name) {
    return resource(ResourceType.SECRET, name, Sources.secret(name, 1));
  }

  static Resource endpoints(String name) {
    return resource(
        ResourceType.ENDPOINT,
        name,
        ClusterLoadAssignment.newBuilder().setClusterName(name).build());
  }

  static Resource route(String name, String cluster) {
    var route = Route.newBuilder().setRoute(RouteAction.newBuilder().setCluster(cluster));
    return resource(
        ResourceType.ROUTE,
        name,
        RouteConfiguration.newBuilder()
            .setName(name)
            .addVirtualHosts(VirtualHost.newBuilder().setName("all").addRoutes(route))
            .build());
  }

  static Resource host(String route, String name, String domain) {
    return resource(
        ResourceType.VIRTUAL_HOST,
        route + "/" + name,
        VirtualHost.newBuilder().setName(name).addDomains(domain).build());
  }

  static Resource mortal(Resource resource, Duration ttl) {
    return new Resource(
        resource.id(), resource.message(), resource.origin(), new Delivery(ttl, List.of()));
  }

  private static Resource resource(ResourceType type, String name, Message message) {
    return new Resource(new ResourceId(type, name), message, Origin.of("test"));
  }
}
