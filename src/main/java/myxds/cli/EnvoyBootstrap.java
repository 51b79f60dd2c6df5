package myxds.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.DynamicResources;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.StaticResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.GrpcService.EnvoyGrpc;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.GrpcHealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.TcpHealthCheck;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import java.util.List;
import myxds.resource.Schema;

/**
 * The bootstrap of an Envoy that gets its clusters and listeners from my-xds.
 *
 * @param node its {@code node.id}
 * @param cluster its {@code node.cluster}; Envoy refuses to ask without one
 * @param servers where my-xds listens, in the order in which they are preferred; at least one
 * @param admin where Envoy's own admin page listens
 */
record EnvoyBootstrap(
    String node, String cluster, Protocol protocol, List<HostPort> servers, HostPort admin) {
  private static final String XDS_CLUSTER = "xds_cluster";
  private static final Duration REFRESH_DELAY = Durations.fromSeconds(1);
  private static final Duration HEALTH_INTERVAL = Durations.fromSeconds(5);

  /** Ends a connection whose other end vanished without a word, which Envoy never would. */
  private static final KeepaliveSettings KEEPALIVE =
      KeepaliveSettings.newBuilder()
          .setInterval(Durations.fromSeconds(30))
          .setTimeout(Durations.fromSeconds(5))
          .build();

  /** How Envoy asks. */
  enum Protocol {
    ADS(ApiType.GRPC, true),
    DELTA_ADS(ApiType.DELTA_GRPC, true),
    GRPC(ApiType.GRPC, false),
    DELTA_GRPC(ApiType.DELTA_GRPC, false),
    REST(ApiType.REST, false);

    private final ApiType apiType;

    /** Whether one stream carries all types. */
    private final boolean aggregated;

    Protocol(ApiType apiType, boolean aggregated) {
      this.apiType = apiType;
      this.aggregated = aggregated;
    }

    int usualPort() {
      return isGrpc() ? 9002 : 9001;
    }

    private boolean isGrpc() {
      return apiType != ApiType.REST;
    }
  }

  EnvoyBootstrap {
    servers = List.copyOf(servers);
  }

  /** Envoy's admin page where the article has it, for this machine only. */
  EnvoyBootstrap(String node, String cluster, Protocol protocol, List<HostPort> servers) {
    this(node, cluster, protocol, servers, new HostPort("127.0.0.1", 8081));
  }

  String yaml() {
    return YamlText.of(Schema.ofApi().tree(message()));
  }

  Bootstrap message() {
    return Bootstrap.newBuilder()
        .setNode(Node.newBuilder().setId(node).setCluster(cluster))
        .setStaticResources(StaticResources.newBuilder().addClusters(xdsCluster()))
        .setDynamicResources(dynamicResources())
        .setAdmin(Admin.newBuilder().setAddress(Addresses.address(admin)))
        .build();
  }

  private DynamicResources dynamicResources() {
    var resources = DynamicResources.newBuilder().setCdsConfig(fromXds()).setLdsConfig(fromXds());
    if (protocol.aggregated) {
      resources.setAdsConfig(apiConfigSource());
    }
    return resources.build();
  }

  private ConfigSource fromXds() {
    var source = ConfigSource.newBuilder().setResourceApiVersion(ApiVersion.V3);
    return protocol.aggregated
        ? source.setAds(AggregatedConfigSource.getDefaultInstance()).build()
        : source.setApiConfigSource(apiConfigSource()).build();
  }

  private ApiConfigSource apiConfigSource() {
    var source =
        ApiConfigSource.newBuilder()
            .setApiType(protocol.apiType)
            .setTransportApiVersion(ApiVersion.V3);
    if (!protocol.isGrpc()) {
      return source.addClusterNames(XDS_CLUSTER).setRefreshDelay(REFRESH_DELAY).build();
    }
    var service =
        GrpcService.newBuilder().setEnvoyGrpc(EnvoyGrpc.newBuilder().setClusterName(XDS_CLUSTER));
    return source.setSetNodeOnFirstMessageOnly(true).addGrpcServices(service).build();
  }

  private Cluster xdsCluster() {
    var cluster =
        Cluster.newBuilder()
            .setName(XDS_CLUSTER)
            .setType(type())
            .setConnectTimeout(Durations.fromSeconds(1))
            .setLoadAssignment(Addresses.loadAssignment(XDS_CLUSTER, servers));
    if (servers.size() > 1) {
      cluster.addHealthChecks(healthCheck());
    }
    return protocol.isGrpc() ? overHttp2(cluster) : cluster.build();
  }

  /**
   * Returns how Envoy finds the servers. With STRICT_DNS it starts with the server that answers its
   * health check first; with STATIC it waits for all answers, and starts with the preferred one.
   */
  private Cluster.DiscoveryType type() {
    return servers.size() > 1 && servers.stream().allMatch(HostPort::isAddress)
        ? Cluster.DiscoveryType.STATIC
        : Cluster.DiscoveryType.STRICT_DNS;
  }

  /**
   * Moves new streams to the next server within about 7 s when one dies, and back when it returns.
   * A stream that works stays where it is.
   */
  private HealthCheck healthCheck() {
    var check =
        HealthCheck.newBuilder()
            .setInterval(HEALTH_INTERVAL)
            // Otherwise Envoy checks a server that it does not use yet once a minute only.
            .setNoTrafficInterval(HEALTH_INTERVAL)
            .setIntervalJitter(Durations.fromSeconds(1))
            .setTimeout(Durations.fromSeconds(3))
            .setUnhealthyEdgeInterval(Durations.fromSeconds(1))
            .setUnhealthyThreshold(UInt32Value.of(2))
            .setHealthyThreshold(UInt32Value.of(1));
    return protocol.isGrpc()
        ? check.setGrpcHealthCheck(GrpcHealthCheck.getDefaultInstance()).build()
        : check.setTcpHealthCheck(TcpHealthCheck.getDefaultInstance()).build();
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
