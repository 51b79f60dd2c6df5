package myxds.peer;

/** The four resources of a small proxy, each asked for by the protocol under test. */
final class Resources {
  private Resources() {}

  static String listener(int port, Protocol protocol) {
    return listener(port, protocol.source());
  }

  /** A listener whose route is asked for in this way; to be added to: more of its HTTP manager. */
  static String listener(int port, String source) {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: listener
    address: {socket_address: {address: 127.0.0.1, port_value: %d}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: ingress
          rds: {route_config_name: route, config_source: %s}
          http_filters:
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """
        .formatted(port, source);
  }

  static String cluster(Protocol protocol) {
    return cluster("backend", protocol.source());
  }

  /** A cluster whose endpoints are asked for in this way; to be added to: more of its fields. */
  static String cluster(String name, String source) {
    return """
    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
    name: %s
    type: EDS
    eds_cluster_config: {eds_config: %s}
    """
        .formatted(name, source);
  }

  static String route(String prefix) {
    return route(prefix, "backend");
  }

  static String route(String prefix, String cluster) {
    return """
    "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
    name: route
    virtual_hosts:
    - name: all
      domains: ["*"]
      routes: [{match: {prefix: %s}, route: {cluster: %s}}]
    """
        .formatted(prefix, cluster);
  }

  static String endpoints(int port) {
    return endpoints("backend", port);
  }

  static String endpoints(String cluster, int port) {
    return """
    "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
    cluster_name: %s
    endpoints:
    - lb_endpoints:
      - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
    """
        .formatted(cluster, port);
  }

  /** The bootstrap of another node. */
  static String of(String node, String bootstrap) {
    return bootstrap.replace("id: node1", "id: " + node);
  }

  static String bootstrap(Protocol protocol, String source, int xdsPort) {
    var http2 =
        protocol == Protocol.REST
            ? ""
            : """
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
            """;
    return """
    node: {id: node1, cluster: test}
    dynamic_resources:
      lds_config: %s
      cds_config: %s
      %s
    static_resources:
      clusters:
      - name: xds_cluster
        type: STATIC
        connect_timeout: 2s
        load_assignment:
          cluster_name: xds_cluster
          endpoints:
          - lb_endpoints:
            - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
    %s
    """
        .formatted(source, source, protocol.ads(), xdsPort, http2);
  }
}
