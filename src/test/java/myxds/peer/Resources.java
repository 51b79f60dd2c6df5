package myxds.peer;

import myxds.peer.EnvoyTest.Protocol;

/** The four resources of a small proxy, each asked for by the protocol under test. */
final class Resources {
  private Resources() {}

  static String listener(int port, Protocol protocol) {
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
        .formatted(port, protocol.source());
  }

  static String cluster(Protocol protocol) {
    return """
    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
    name: backend
    type: EDS
    connect_timeout: 2s
    eds_cluster_config: {eds_config: %s}
    """
        .formatted(protocol.source());
  }

  static String route(String prefix) {
    return """
    "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
    name: route
    virtual_hosts:
    - name: all
      domains: ["*"]
      routes: [{match: {prefix: %s}, route: {cluster: backend}}]
    """
        .formatted(prefix);
  }

  static String endpoints(int port) {
    return """
    "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
    cluster_name: backend
    endpoints:
    - lb_endpoints:
      - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
    """
        .formatted(port);
  }

  static String bootstrap(Protocol protocol, int xdsPort) {
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
        .formatted(protocol.source(), protocol.source(), protocol.ads(), xdsPort, http2);
  }
}
