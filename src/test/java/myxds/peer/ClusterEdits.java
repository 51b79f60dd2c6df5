package myxds.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Edits of a cluster: one for each of its fields. */
final class ClusterEdits {
  static final String BASE =
      """
      "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
      name: edited
      connect_timeout: 1s
      load_assignment: {cluster_name: edited, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 9}}}}]}]}
      """;

  /** What is added to a cluster with a static endpoint; {@code T/} stands for a type's URL. */
  private static final String ADDED =
      """
      transport_socket_matches: [{name: m, match: {a: b}, transport_socket: {name: raw, typed_config: {"@type": T/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer}}}]
      alt_stat_name: other
      type: STRICT_DNS
      cluster_type: {name: envoy.cluster.static}
      per_connection_buffer_limit_bytes: 4096
      lb_policy: RANDOM
      health_checks: [{timeout: 1s, interval: 9s, unhealthy_threshold: 1, healthy_threshold: 1, tcp_health_check: {}}]
      max_requests_per_connection: 3
      circuit_breakers: {thresholds: [{max_requests: 3}]}
      upstream_http_protocol_options: {auto_sni: true}
      common_http_protocol_options: {idle_timeout: 9s}
      http_protocol_options: {accept_http_10: true}
      http2_protocol_options: {}
      typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"@type": T/envoy.extensions.upstreams.http.v3.HttpProtocolOptions, explicit_http_config: {http2_protocol_options: {}}}}
      dns_refresh_rate: 9s
      dns_jitter: 1s
      dns_failure_refresh_rate: {base_interval: 9s}
      respect_dns_ttl: true
      dns_lookup_family: V4_ONLY
      dns_resolvers: [{socket_address: {address: 127.0.0.1, port_value: 53}}]
      use_tcp_for_dns_lookups: true
      dns_resolution_config: {resolvers: [{socket_address: {address: 127.0.0.1, port_value: 53}}]}
      typed_dns_resolver_config: {name: cares, typed_config: {"@type": T/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig}}
      wait_for_warm_on_init: false
      outlier_detection: {}
      cleanup_interval: 9s
      upstream_bind_config: {source_address: {address: 127.0.0.1, port_value: 0}}
      lb_subset_config: {fallback_policy: ANY_ENDPOINT, subset_selectors: [{keys: [a]}]}
      ring_hash_lb_config: {minimum_ring_size: 8}
      maglev_lb_config: {table_size: 11}
      original_dst_lb_config: {use_http_header: true}
      least_request_lb_config: {choice_count: 3}
      round_robin_lb_config: {}
      common_lb_config: {healthy_panic_threshold: {value: 5}}
      transport_socket: {name: raw, typed_config: {"@type": T/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer}}
      metadata: {filter_metadata: {a: {b: c}}}
      protocol_selection: USE_DOWNSTREAM_PROTOCOL
      upstream_connection_options: {tcp_keepalive: {}}
      close_connections_on_host_health_failure: true
      ignore_health_on_host_removal: true
      load_balancing_policy: {policies: [{typed_extension_config: {name: rr, typed_config: {"@type": T/envoy.extensions.load_balancing_policies.round_robin.v3.RoundRobin}}}]}
      lrs_server: {self: {}}
      lrs_report_endpoint_metrics: [a]
      track_timeout_budgets: true
      upstream_config: {name: tcp, typed_config: {"@type": T/envoy.extensions.upstreams.http.tcp.v3.TcpConnectionPoolProto}}
      track_cluster_stats: {timeout_budgets: true}
      preconnect_policy: {per_upstream_preconnect_ratio: 1.5}
      connection_pool_per_downstream_connection: true
      """;

  /** Fields that are not edited here, and why. */
  static final Map<String, String> LEFT_OUT =
      Map.of(
          "name", "another name is another cluster",
          "eds_cluster_config", "see WarmsTest",
          "filters", "Envoy 1.40 has none for clusters that the api jar knows");

  private ClusterEdits() {}

  /** An edit of one field of {@link #BASE}. */
  record Edit(String field, String after) {}

  static List<Edit> all() {
    var edits = new ArrayList<Edit>();
    edits.add(new Edit("connect_timeout", BASE.replace("1s", "2s")));
    edits.add(new Edit("load_assignment", BASE.replace("port_value: 9", "port_value: 10")));
    ADDED
        .lines()
        .forEach(line ->
            edits.add(
                new Edit(
                    line.substring(0, line.indexOf(':')),
                    BASE + line.replace("T/", "type.googleapis.com/") + "\n")));
    return edits;
  }
}
