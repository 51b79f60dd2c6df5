package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.xds.XdsNameResolverProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import myxds.TestDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** grpc-java's own xDS client: it asks for everything by name and tells its node only once. */
final class GrpcClientTest {
  @TempDir Path folder;

  @Test
  void resolvesAServiceAndIsAnswered() throws Exception {
    var backend = backend();
    var group = Files.createDirectories(folder.resolve("grpc-client"));
    Files.writeString(group.resolve("all.yaml"), config(backend.getPort()));

    try (var daemon = TestDaemon.ready(folder)) {
      assertThat(status(daemon.grpcPort())).isEqualTo(ServingStatus.SERVING);
      assertThat(daemon.get("/metrics").body()).contains("myxds_acks_total{type=\"endpoints\"} 1");
    } finally {
      backend.shutdownNow();
    }
  }

  private static String config(int port) {
    return """
    resources:
    - "@type": type.googleapis.com/envoy.config.listener.v3.Listener
      name: greeter
      api_listener:
        api_listener:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          rds: {route_config_name: route, config_source: {ads: {}, resource_api_version: V3}}
          http_filters:
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    - "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: route
      virtual_hosts:
      - name: all
        domains: ["*"]
        routes: [{match: {prefix: ""}, route: {cluster: backend}}]
    - "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
      name: backend
      type: EDS
      eds_cluster_config: {eds_config: {ads: {}, resource_api_version: V3}}
    - "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
      cluster_name: backend
      endpoints:
      - locality: {region: here}
        load_balancing_weight: 1
        lb_endpoints:
        - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
    """
        .formatted(port);
  }

  private static Server backend() throws IOException {
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .addService(new HealthStatusManager().getHealthService())
        .build()
        .start();
  }

  private static ServingStatus status(int xdsPort) {
    var resolver = XdsNameResolverProvider.createForTest("xds-test", bootstrap(xdsPort));
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    var channel =
        Grpc.newChannelBuilder("xds-test:///greeter", InsecureChannelCredentials.create()).build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } finally {
      channel.shutdownNow();
      NameResolverRegistry.getDefaultRegistry().deregister(resolver);
    }
  }

  private static Map<String, ?> bootstrap(int xdsPort) {
    return Map.of(
        "node",
        Map.of("id", "grpc-client"),
        "xds_servers",
        List.of(
            Map.of(
                "server_uri",
                "127.0.0.1:" + xdsPort,
                "channel_creds",
                List.of(Map.of("type", "insecure")),
                "server_features",
                List.of("xds_v3"))));
  }
}
