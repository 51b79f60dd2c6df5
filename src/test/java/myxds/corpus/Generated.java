package myxds.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import myxds.resource.Document;
import myxds.resource.Documents;

/**
 * A whole configuration by chance: clusters of each kind, routes and listeners that use them, all
 * in one group. Each is right, and a real Envoy takes it.
 */
final class Generated {
  private final Random random;
  private final Chance chance;
  private final List<String> clusters = new ArrayList<>();
  private final List<String> text = new ArrayList<>();
  private int port = 10_000;

  Generated(long seed) {
    this.random = new Random(seed);
    this.chance = new Chance(random);
  }

  /** Its resources, one or more in each file. */
  Documents documents() {
    secrets();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      cluster("cluster-" + i);
    }
    add("core.v3.TypedExtensionConfig", "name: ecds, typed_config: " + fault());
    var routes = IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> "routes-" + i).toList();
    routes.forEach(name -> add("route.v3.RouteConfiguration", "name: " + name + ", " + hosts()));
    add(
        "route.v3.ScopedRouteConfiguration",
        "name: scope, route_configuration_name: %s, key: {fragments: [{string_key: a}]}"
            .formatted(routes.getFirst()));
    routes.forEach(name -> listener(http(name)));
    listener(http(""));
    listener(tcp());
    return new Documents(files(), List.of());
  }

  private List<Document> files() {
    var files = new ArrayList<Document>();
    int from = 0;
    while (from < text.size()) {
      int to = Math.min(text.size(), from + 1 + random.nextInt(4));
      var list = text.subList(from, to).stream().map("- %s\n"::formatted);
      files.add(
          new Document(
              "node1/%d.yaml".formatted(files.size()),
              "resources:\n" + list.collect(Collectors.joining())));
      from = to;
    }
    return files;
  }

  private void add(String type, String fields) {
    text.add(
        "{\"@type\": type.googleapis.com/envoy.%s, %s}"
            .formatted(type.startsWith("ext") ? type : "config." + type, fields));
  }

  private String someCluster() {
    return clusters.get(random.nextInt(clusters.size()));
  }

  private void secrets() {
    add(
        "extensions.transport_sockets.tls.v3.Secret",
        "name: token, generic_secret: {secret: {inline_string: x}}");
    add("extensions.transport_sockets.tls.v3.Secret", "name: ca, validation_context: {}");
  }

  private void cluster(String name) {
    var fields =
        "name: "
            + name
            + chance.maybe("connect_timeout: 0.%ds".formatted(1 + random.nextInt(9)))
            + chance.maybe("circuit_breakers: {thresholds: [{priority: HIGH, max_requests: 5}]}")
            + chance.maybe("outlier_detection: {consecutive_5xx: 3, base_ejection_time: 5s}")
            + chance.maybe("common_lb_config: {healthy_panic_threshold: {value: 12.5}}")
            + chance.maybe("alt_stat_name: other, per_connection_buffer_limit_bytes: 32768")
            + chance.maybe(
                "health_checks: [{timeout: 1s, interval: 2s, unhealthy_threshold: 1,"
                    + " healthy_threshold: 1, %s}]".formatted(check()))
            + chance.maybe(ClusterParts.upstreamTls())
            + chance.maybe(ClusterParts.protocols());
    add("cluster.v3.Cluster", fields + ", " + kind(name));
    clusters.add(name);
  }

  private String check() {
    return chance.one("tcp_health_check: {}", "http_health_check: {path: /ok}");
  }

  private String kind(String name) {
    var policy =
        "lb_policy: " + chance.one("ROUND_ROBIN", "LEAST_REQUEST", "RING_HASH", "MAGLEV", "RANDOM");
    return switch (random.nextInt(clusters.isEmpty() ? 5 : 6)) {
      case 0 -> {
        var service = chance.one(name, "service-" + name);
        add(
            "endpoint.v3.ClusterLoadAssignment",
            ClusterParts.assignment(service, "10.0.0.1", "10.0.0.2"));
        yield "type: EDS, %s, eds_cluster_config: {service_name: %s, eds_config: {ads: {}}}"
            .formatted(policy, service);
      }
      case 1 ->
          "type: STATIC, %s, load_assignment: {%s}"
              .formatted(policy, ClusterParts.assignment(name, "10.0.0.1", "10.0.0.2"));
      case 2 ->
          "type: STRICT_DNS, %s, load_assignment: {%s}"
              .formatted(policy, ClusterParts.assignment(name, "a.example", "b.example"));
      case 3 ->
          "type: LOGICAL_DNS, %s, load_assignment: {%s}"
              .formatted(policy, ClusterParts.assignment(name, "a.example"));
      case 4 -> "type: ORIGINAL_DST, lb_policy: CLUSTER_PROVIDED";
      default ->
          "lb_policy: CLUSTER_PROVIDED, cluster_type: {name: envoy.clusters.aggregate,"
              + " typed_config: "
              + Chance.any(
                  "clusters.aggregate.v3.ClusterConfig", "clusters: [" + someCluster() + "]")
              + "}";
    };
  }

  private String hosts() {
    var hosts = new ArrayList<String>();
    var domains = List.of("\"a.example\", \"a.example:80\"", "\"*.example\"", "\"b.*\"", "\"*\"");
    for (int i = random.nextInt(domains.size()); i < domains.size(); i++) {
      hosts.add(
          "{name: host-%d, domains: [%s], routes: [%s]%s%s}"
              .formatted(
                  i,
                  domains.get(i),
                  routes(),
                  chance.maybe("require_tls: EXTERNAL_ONLY"),
                  chance.maybe("retry_policy: {retry_on: 5xx, num_retries: 2}")));
    }
    return "virtual_hosts: ["
        + String.join(", ", hosts)
        + "]"
        + chance.maybe("validate_clusters: false");
  }

  /** From the narrow to the wide, so that each can be reached. */
  private String routes() {
    var matches =
        List.of(
            "path: /exact",
            "safe_regex: {regex: \"/[a-z]+/[0-9]*\"}",
            "prefix: /, headers: [{name: x-a, string_match: {exact: b}}]",
            "prefix: /, query_parameters: [{name: q, present_match: true}]",
            "path_separated_prefix: /api/v1",
            "prefix: /long/prefix",
            "prefix: /long",
            "prefix: /");
    return matches.stream()
        .filter(match -> random.nextInt(3) > 0 || match.equals("prefix: /"))
        .map(match -> "{match: {%s}, %s%s}".formatted(match, action(), perRoute()))
        .collect(Collectors.joining(", "));
  }

  private String action() {
    return switch (random.nextInt(6)) {
      case 0 -> "direct_response: {status: 200, body: {inline_string: hello}}";
      case 1 -> "redirect: {host_redirect: other.example, response_code: FOUND}";
      case 2 -> "route: {cluster_header: x-cluster}";
      case 3 ->
          "route: {weighted_clusters: {clusters: [{name: %s, weight: 3}, {name: %s, weight: 1}]}}"
              .formatted(someCluster(), someCluster());
      case 4 ->
          "route: {cluster: %s, request_mirror_policies: [{cluster: %s}]}"
              .formatted(someCluster(), someCluster());
      default ->
          "route: {cluster: %s%s%s%s}"
              .formatted(
                  someCluster(),
                  chance.maybe("timeout: 3s, idle_timeout: 0s"),
                  chance.maybe("hash_policy: [{header: {header_name: x-user}}]"),
                  chance.maybe(
                      "retry_policy: {retry_on: \"connect-failure,5xx\", num_retries: 3}"));
    };
  }

  private String perRoute() {
    return chance.maybe(
        "typed_per_filter_config: {cors: "
            + Chance.any("filters.http.cors.v3.CorsPolicy", "allow_methods: GET")
            + "}");
  }

  private void listener(String filter) {
    var chains = new ArrayList<String>();
    var matches =
        List.of(
            "server_names: [a.example]",
            "server_names: [\"*.b.example\"]",
            "source_prefix_ranges: [{address_prefix: 10.0.0.0, prefix_len: 8}]",
            "application_protocols: [h2]");
    for (var match : matches) {
      if (random.nextInt(3) == 0) {
        chains.add("{filter_chain_match: {%s}, filters: [%s]}".formatted(match, filter));
      }
    }
    chains.add("{filters: [%s]}".formatted(filter));
    port++;
    add(
        "listener.v3.Listener",
        "name: listener-%d, address: {socket_address: {address: 127.0.0.1, port_value: %d}}%s%s, filter_chains: [%s]"
            .formatted(
                port,
                port,
                chance.maybe("per_connection_buffer_limit_bytes: 65536"),
                ", listener_filters: [{name: tls, typed_config: "
                    + Chance.any("filters.listener.tls_inspector.v3.TlsInspector", "")
                    + "}]",
                String.join(", ", chains)));
  }

  private String tcp() {
    var target =
        chance.one(
            "cluster: " + someCluster(),
            "weighted_clusters: {clusters: [{name: %s, weight: 2}, {name: %s, weight: 1}]}"
                .formatted(someCluster(), someCluster()));
    return "{name: tcp, typed_config: %s}"
        .formatted(
            Chance.any(
                "filters.network.tcp_proxy.v3.TcpProxy", "stat_prefix: tcp, " + target + logs()));
  }

  private String logs() {
    return chance.maybe(
        "access_log: [{name: log, typed_config: "
            + Chance.any("access_loggers.stream.v3.StdoutAccessLog", "")
            + "}]");
  }

  /** With routes of its own if it names none. */
  private String http(String routes) {
    var source = "config_source: {ads: {}}";
    var from =
        routes.isEmpty()
            ? "route_config: {name: inline, " + hosts() + "}"
            : chance.one(
                "rds: {route_config_name: " + routes + ", " + source + "}",
                "scoped_routes: {name: scopes, rds_config_source: {ads: {}},"
                    + " scoped_rds: {scoped_rds_config_source: {ads: {}}}, scope_key_builder:"
                    + " {fragments: [{header_value_extractor: {name: x-scope,"
                    + " element_separator: \",\", element: {separator: \"=\", key: k}}}]}}");
    return "{name: http, typed_config: %s}"
        .formatted(
            Chance.any(
                "filters.network.http_connection_manager.v3.HttpConnectionManager",
                "stat_prefix: http, %s%s%s, http_filters: [%s]"
                    .formatted(from, logs(), chance.maybe("stream_idle_timeout: 5s"), filters())));
  }

  private String filters() {
    var filters = new ArrayList<String>();
    for (var filter : HttpFilters.all(this::someCluster)) {
      if (random.nextInt(3) == 0) {
        filters.add(filter);
      }
    }
    filters.add(
        "{name: router, typed_config: " + Chance.any("filters.http.router.v3.Router", "") + "}");
    return String.join(", ", filters);
  }

  private static String fault() {
    return Chance.any(
        "filters.http.fault.v3.HTTPFault", "delay: {fixed_delay: 1s, percentage: {}}");
  }
}
