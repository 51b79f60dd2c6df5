package myxds.gate;

import static myxds.resource.ResourceType.CLUSTER;
import static myxds.resource.ResourceType.EXTENSION_CONFIG;
import static myxds.resource.ResourceType.LISTENER;
import static myxds.resource.ResourceType.ROUTE;
import static myxds.resource.ResourceType.RUNTIME;
import static myxds.resource.ResourceType.SECRET;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import myxds.resource.Problem.Severity;
import myxds.resource.ResourceType;

/**
 * Which field of which message names what. By the field's meaning: a filter is followed under
 * whatever name it has, because it is known by the type of its configuration.
 */
final class ReferenceTable {
  private static final String CORE = "envoy.config.core.v3.";
  private static final String ROUTES = "envoy.config.route.v3.";
  private static final String HTTP = "envoy.extensions.filters.http.";
  private static final String NETWORK = "envoy.extensions.filters.network.";
  private static final String HCM = NETWORK + "http_connection_manager.v3.";
  private static final String LISTENERS = "envoy.config.listener.v3.";
  private static final String TRACE = "envoy.config.trace.v3.";
  private static final String UDP = "envoy.extensions.filters.udp.udp_proxy.v3.";

  /** The source of a name that only the bootstrap's static part can have. */
  static final String BOOTSTRAP = "bootstrap";

  private static final String BOOTSTRAPS = "envoy.config.bootstrap.v3.";
  private static final String DISCOVERED = "config_discovery.config_source";

  /**
   * One field.
   *
   * @param source the field beside it, parts parted by dots, that says who is asked; empty when
   *     Envoy looks among what it has, {@link #BOOTSTRAP} when it looks in the bootstrap alone
   */
  record Row(String message, String field, ResourceType type, String source, Severity missing) {}

  /** All of them. */
  static final List<Row> ROWS =
      List.of(
          cluster(CORE + "GrpcService.EnvoyGrpc", "cluster_name"),
          cluster(CORE + "HttpUri", "cluster"),
          cluster(ROUTES + "RouteAction", "cluster"),
          cluster(ROUTES + "RouteAction.RequestMirrorPolicy", "cluster"),
          cluster(ROUTES + "WeightedCluster.ClusterWeight", "name"),
          cluster("envoy.extensions.router.cluster_specifiers.lua.v3.LuaConfig", "default_cluster"),
          cluster("envoy.extensions.clusters.aggregate.v3.ClusterConfig", "clusters"),
          cluster(NETWORK + "tcp_proxy.v3.TcpProxy", "cluster"),
          cluster(NETWORK + "tcp_proxy.v3.TcpProxy.WeightedCluster.ClusterWeight", "name"),
          cluster(NETWORK + "dubbo_proxy.v3.RouteAction", "cluster"),
          cluster(NETWORK + "generic_proxy.action.v3.RouteAction", "cluster"),
          cluster(NETWORK + "thrift_proxy.v3.RouteAction", "cluster"),
          cluster(NETWORK + "thrift_proxy.v3.RouteAction.RequestMirrorPolicy", "cluster"),
          cluster(NETWORK + "thrift_proxy.v3.WeightedCluster.ClusterWeight", "name"),
          cluster(NETWORK + "redis_proxy.v3.RedisProxy.PrefixRoutes.Route", "cluster"),
          cluster(
              NETWORK + "redis_proxy.v3.RedisProxy.PrefixRoutes.Route.ReadCommandPolicy",
              "cluster"),
          cluster(
              NETWORK + "redis_proxy.v3.RedisProxy.PrefixRoutes.Route.RequestMirrorPolicy",
              "cluster"),
          cluster(UDP + "UdpProxyConfig", "cluster"),
          cluster(UDP + "Route", "cluster"),
          cluster(HTTP + "gcp_authn.v3.GcpAuthnFilterConfig", "cluster"),
          cluster(HTTP + "health_check.v3.HealthCheck", "cluster_min_healthy_percentages"),
          cluster(TRACE + "DatadogConfig", "collector_cluster"),
          cluster(TRACE + "LightstepConfig", "collector_cluster"),
          cluster(TRACE + "ZipkinConfig", "collector_cluster"),
          cluster("envoy.extensions.tracers.fluentd.v3.FluentdConfig", "cluster"),
          cluster("envoy.extensions.access_loggers.fluentd.v3.FluentdAccessLogConfig", "cluster"),
          wanted("envoy.data.dns.v3.DnsTable.DnsEndpoint", "cluster_name", CLUSTER),
          wanted("envoy.data.dns.v3.DnsTable.DnsServiceTarget", "cluster_name", CLUSTER),
          wanted(CORE + "EnvoyInternalAddress", "server_listener_name", LISTENER),
          asked(HCM + "Rds", "route_config_name", ROUTE, "config_source"),
          asked(
              NETWORK + "dubbo_proxy.v3.Drds",
              "route_config_name",
              routes("dubbo_proxy"),
              "config_source"),
          asked(
              NETWORK + "generic_proxy.v3.GenericRds",
              "route_config_name",
              routes("generic_proxy"),
              "config_source"),
          asked(
              NETWORK + "thrift_proxy.v3.Trds",
              "route_config_name",
              routes("thrift_proxy"),
              "config_source"),
          asked(
              "envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig",
              "name",
              SECRET,
              "sds_config"),
          asked(LISTENERS + "Filter", "name", EXTENSION_CONFIG, DISCOVERED),
          asked(LISTENERS + "ListenerFilter", "name", EXTENSION_CONFIG, DISCOVERED),
          asked("envoy.config.cluster.v3.Filter", "name", EXTENSION_CONFIG, DISCOVERED),
          asked(HCM + "HttpFilter", "name", EXTENSION_CONFIG, DISCOVERED),
          asked(UDP + "UdpProxyConfig.SessionFilter", "name", EXTENSION_CONFIG, DISCOVERED),
          asked(HTTP + "composite.v3.DynamicConfig", "name", EXTENSION_CONFIG, DISCOVERED),
          // Envoy waits for it when it starts (15 s over SotW), and then goes on without it.
          new Row(
              BOOTSTRAPS + "RuntimeLayer.RtdsLayer",
              "name",
              RUNTIME,
              "rtds_config",
              Severity.WARNING),
          // Envoy does not start without it; it looks before the first discovery response.
          new Row(
              BOOTSTRAPS + "ClusterManager",
              "local_cluster_name",
              CLUSTER,
              BOOTSTRAP,
              Severity.ERROR),
          // Envoy asks for it where the scopes come from; a scope that stands alone does not say.
          wantedRoute());

  /** The rows of each message, by its full name. */
  static final Map<String, List<Row>> BY_MESSAGE =
      ROWS.stream().collect(Collectors.groupingBy(Row::message));

  private ReferenceTable() {}

  private static Row cluster(String message, String field) {
    return new Row(message, field, CLUSTER, "", Severity.ERROR);
  }

  private static Row wanted(String message, String field, ResourceType type) {
    return new Row(message, field, type, "", Severity.WARNING);
  }

  private static Row asked(String message, String field, ResourceType type, String source) {
    return new Row(message, field, type, source, Severity.ERROR);
  }

  private static Row wantedRoute() {
    return new Row(
        ROUTES + "ScopedRouteConfiguration", "route_configuration_name", ROUTE, "", Severity.ERROR);
  }

  private static ResourceType routes(String proxy) {
    return ResourceType.ofMessage(NETWORK + proxy + ".v3.RouteConfiguration");
  }
}
