package myxds.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Configuration directories such as people have: clusters with endpoints, listeners and routes. */
final class Content {
  private static final String CLUSTER =
      """
      - "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: %1$s
        type: STRICT_DNS
        connect_timeout: %2$ds
        lb_policy: LEAST_REQUEST
        circuit_breakers: {thresholds: [{max_connections: 1000, max_requests: 5000}]}
        health_checks:
        - timeout: 1s
          interval: 5s
          unhealthy_threshold: 3
          healthy_threshold: 2
          http_health_check: {path: /healthz}
        load_assignment:
          cluster_name: %1$s
          endpoints:
          - lb_endpoints:
            - endpoint: {address: {socket_address: {address: %1$s.local, port_value: 8080}}}
            - endpoint: {address: {socket_address: {address: %1$s-b.local, port_value: 8080}}}
      """;
  private static final String EDS =
      """
      - "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: %1$s
        type: EDS
        connect_timeout: %2$ds
        eds_cluster_config: {eds_config: {ads: {}, resource_api_version: V3}}
      - "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
        cluster_name: %1$s
        endpoints:
        - lb_endpoints:
          - endpoint: {address: {socket_address: {address: 10.0.0.1, port_value: 8080}}}
          - endpoint: {address: {socket_address: {address: 10.0.0.2, port_value: 8080}}}
      """;
  private static final String LISTENER =
      """
      - "@type": type.googleapis.com/envoy.config.listener.v3.Listener
        name: %1$s
        address: {socket_address: {address: 127.0.0.1, port_value: %2$d}}
        filter_chains:
        - filters:
          - name: http
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
              stat_prefix: %1$s
              rds: {route_config_name: %1$s, config_source: {ads: {}, resource_api_version: V3}}
              http_filters:
              - name: router
                typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
      - "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
        name: %1$s
        virtual_hosts:
        - {name: all, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: %3$s}}]}
      """;

  private Content() {}

  /** Clusters of their own endpoints, in one group. */
  static Path clusters(Path folder, int files, int clusters) throws IOException {
    var group = Files.createDirectories(folder.resolve("node1"));
    for (int file = 0; file < files; file++) {
      var text = new StringBuilder("resources:\n");
      for (int i = 0; i < clusters / files; i++) {
        text.append(CLUSTER.formatted("c" + file + "-" + i, 5));
      }
      Files.writeString(group.resolve("f" + file + ".yaml"), text);
    }
    return folder;
  }

  /** Groups of files; in each file a listener, its route, and clusters with their endpoints. */
  static Path groups(Path folder, int groups, int files, int resources) throws IOException {
    for (int group = 0; group < groups; group++) {
      Files.createDirectories(folder.resolve("g" + group));
      for (int file = 0; file < files; file++) {
        write(folder, group, file, text(file, resources, 5));
      }
    }
    return folder;
  }

  /**
   * One file of that, with another timeout in one cluster, in place of the one before.
   *
   * @return when it was there, {@link System#nanoTime}
   */
  static long edit(Path folder, int group, int file, int resources, int timeout)
      throws IOException {
    return write(folder, group, file, text(file, resources, timeout));
  }

  private static String text(int file, int resources, int timeout) {
    var first = "c" + file + "-0";
    var text = new StringBuilder("resources:\n");
    text.append(LISTENER.formatted("l" + file, 1000 + file, first));
    for (int i = 0; i < (resources - 2) / 2; i++) {
      text.append(EDS.formatted("c" + file + "-" + i, i == 0 ? timeout : 5));
    }
    return text.toString();
  }

  private static long write(Path folder, int group, int file, String text) throws IOException {
    var name = "f" + file + ".yaml";
    var beside = Files.writeString(folder.resolve("g" + group).resolve("." + name), text);
    Files.move(beside, beside.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    return System.nanoTime();
  }
}
