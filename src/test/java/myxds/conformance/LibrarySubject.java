package myxds.conformance;

import com.google.common.hash.Hashing;
import com.google.protobuf.Message;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.DefaultExecutorGroup;
import io.envoyproxy.controlplane.server.StartupConfigs;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.controlplane.server.serializer.CachedProtoResourcesSerializer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * java-control-plane as its README shows it. It is given what a careful user gives it: for each
 * type a version that changes when the type's resources do; versions of resources are its own.
 */
final class LibrarySubject implements Subject {
  private final SimpleCache<String> cache = new SimpleCache<>(Subject::group);
  private final Server server;

  LibrarySubject() throws IOException {
    this(() -> false);
  }

  private LibrarySubject(StartupConfigs settings) throws IOException {
    var threads = new DefaultExecutorGroup();
    var library =
        new V3DiscoveryServer(
            List.of(), cache, threads, new CachedProtoResourcesSerializer(), settings);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(library.getAggregatedDiscoveryServiceImpl())
            .addService(library.getClusterDiscoveryServiceImpl())
            .addService(library.getEndpointDiscoveryServiceImpl())
            .addService(library.getListenerDiscoveryServiceImpl())
            .addService(library.getRouteDiscoveryServiceImpl())
            .addService(library.getSecretDiscoveryServiceImpl())
            .build()
            .start();
  }

  @Override
  public String name() {
    return "java-control-plane";
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public void set(String group, Collection<? extends Message> resources) {
    var clusters = of(Cluster.class, resources);
    var endpoints = of(ClusterLoadAssignment.class, resources);
    var listeners = of(Listener.class, resources);
    var routes = of(RouteConfiguration.class, resources);
    var secrets = of(Secret.class, resources);
    cache.setSnapshot(
        group,
        Snapshot.create(
            clusters,
            version(clusters),
            endpoints,
            version(endpoints),
            listeners,
            version(listeners),
            routes,
            version(routes),
            secrets,
            version(secrets)));
  }

  @Override
  public Replica replica() throws Exception {
    return Replica.of(LibrarySubject.class);
  }

  @Override
  public int held(String group) {
    var status = cache.statusInfo(group);
    return status == null ? 0 : status.numWatches();
  }

  @Override
  public void forget(String group) {
    cache.clearSnapshot(group);
  }

  @Override
  public Subject inventingAssignments() throws IOException {
    return new LibrarySubject(() -> true);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static <T extends Message> List<T> of(
      Class<T> type, Collection<? extends Message> resources) {
    return resources.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static String version(List<? extends Message> resources) {
    return Hashing.sha256().hashString(resources.toString(), StandardCharsets.UTF_8).toString();
  }
}
