package myxds.peer;

/** What a gRPC client must be told of a service, over one stream for all types. */
final class GrpcResources {
  private GrpcResources() {}

  static String listener() {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: greeter
    api_listener:
      api_listener:
        "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
        stat_prefix: greeter
        rds: {route_config_name: route, config_source: {ads: {}, resource_api_version: V3}}
        http_filters:
        - name: router
          typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """;
  }

  static String route(String cluster) {
    return """
    "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
    name: route
    virtual_hosts:
    - name: all
      domains: ["*"]
      routes: [{match: {prefix: ""}, route: {cluster: %s}}]
    """
        .formatted(cluster);
  }

  static String cluster(String name) {
    return """
    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
    name: %s
    type: EDS
    eds_cluster_config: {eds_config: {ads: {}, resource_api_version: V3}}
    """
        .formatted(name);
  }

  static String endpoints(String cluster, int port) {
    return """
    "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
    cluster_name: %s
    endpoints:
    - locality: {region: here}
      load_balancing_weight: 1
      lb_endpoints:
      - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
    """
        .formatted(cluster, port);
  }
}
