package myxds.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.DynamicResources;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.StaticResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.GrpcService.EnvoyGrpc;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import myxds.resource.Schema;

/**
 * The bootstrap of an Envoy that gets its clusters and listeners from my-xds.
 *
 * @param node its {@code node.id}
 * @param cluster its {@code node.cluster}; Envoy refuses to ask without one
 * @param xds where my-xds listens
 * @param admin where Envoy's own admin page listens
 */
record EnvoyBootstrap(
    String node, String cluster, Protocol protocol, HostPort xds, HostPort admin) {
  private static final String XDS_CLUSTER = "xds_cluster";
  private static final Duration REFRESH_DELAY = Durations.fromSeconds(1);

  /** Ends a connection whose other end vanished without a word, which Envoy never would. */
  private static final KeepaliveSettings KEEPALIVE =
      KeepaliveSettings.newBuilder()
          .setInterval(Durations.fromSeconds(30))
          .setTimeout(Durations.fromSeconds(5))
          .build();

  /** How Envoy asks. */
  enum Protocol {
    GRPC(ApiType.GRPC, 9002),
    DELTA_GRPC(ApiType.DELTA_GRPC, 9002),
    REST(ApiType.REST, 9001);

    private final ApiType apiType;
    private final int usualPort;

    Protocol(ApiType apiType, int usualPort) {
      this.apiType = apiType;
      this.usualPort = usualPort;
    }

    int usualPort() {
      return usualPort;
    }
  }

  /** Envoy's admin page where the article has it, for this machine only. */
  EnvoyBootstrap(String node, String cluster, Protocol protocol, HostPort xds) {
    this(node, cluster, protocol, xds, new HostPort("127.0.0.1", 8081));
  }

  String yaml() {
    return YamlText.of(Schema.ofApi().tree(message()));
  }

  Bootstrap message() {
    return Bootstrap.newBuilder()
        .setNode(Node.newBuilder().setId(node).setCluster(cluster))
        .setStaticResources(StaticResources.newBuilder().addClusters(xdsCluster()))
        .setDynamicResources(
            DynamicResources.newBuilder().setCdsConfig(fromXds()).setLdsConfig(fromXds()))
        .setAdmin(Admin.newBuilder().setAddress(Addresses.address(admin)))
        .build();
  }

  private ConfigSource fromXds() {
    return ConfigSource.newBuilder()
        .setResourceApiVersion(ApiVersion.V3)
        .setApiConfigSource(apiConfigSource())
        .build();
  }

  private ApiConfigSource apiConfigSource() {
    var source =
        ApiConfigSource.newBuilder()
            .setApiType(protocol.apiType)
            .setTransportApiVersion(ApiVersion.V3);
    return switch (protocol) {
      case REST -> source.addClusterNames(XDS_CLUSTER).setRefreshDelay(REFRESH_DELAY).build();
      case GRPC, DELTA_GRPC ->
          source
              .setSetNodeOnFirstMessageOnly(true)
              .addGrpcServices(
                  GrpcService.newBuilder()
                      .setEnvoyGrpc(EnvoyGrpc.newBuilder().setClusterName(XDS_CLUSTER)))
              .build();
    };
  }

  private Cluster xdsCluster() {
    var cluster =
        Cluster.newBuilder()
            .setName(XDS_CLUSTER)
            .setType(Cluster.DiscoveryType.STRICT_DNS)
            .setConnectTimeout(Durations.fromSeconds(1))
            .setLoadAssignment(Addresses.loadAssignment(XDS_CLUSTER, xds));
    return switch (protocol) {
      case REST -> cluster.build();
      case GRPC, DELTA_GRPC -> overHttp2(cluster);
    };
  }

  private static Cluster overHttp2(Cluster.Builder cluster) {
    var http2 =
        ExplicitHttpConfig.newBuilder()
            .setHttp2ProtocolOptions(
                Http2ProtocolOptions.newBuilder().setConnectionKeepalive(KEEPALIVE));
    var options = HttpProtocolOptions.newBuilder().setExplicitHttpConfig(http2).build();
    var name = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    return cluster.putTypedExtensionProtocolOptions(name, Any.pack(options)).build();
  }
}
