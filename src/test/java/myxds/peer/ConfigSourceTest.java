package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import myxds.TestDaemon;
import myxds.gate.conflict.Certified;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Edits of nothing but config sources, under traffic that opens a new connection for each request.
 * A real Envoy then requests its secrets and extension configurations through new providers, and
 * would wait minutes for them here; a listener that had not got its certificate would fail every
 * handshake, one without its filter would answer 500.
 */
final class ConfigSourceTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int PER_SECOND = 20;
  private static final Certified CA = Certified.self("EC", "ca");
  private static final Certified SERVER = CA.issue("EC", "server");
  private static final Certified CLIENT = CA.issue("EC", "client");

  @TempDir Path folder;
  private final int tlsPort = TestDaemon.freePort();
  private final int secondPort = TestDaemon.freePort();
  private final int plainPort = TestDaemon.freePort();
  private final List<String> times = new ArrayList<>();
  private ConfigFolder config;

  @ParameterizedTest
  @EnumSource(names = {"ADS_SOTW", "ADS_DELTA", "GRPC_PER_TYPE", "DELTA_PER_TYPE"})
  void loseNeitherHandshakesNorRequests(Protocol protocol) throws Exception {
    config = ConfigFolder.in(folder);
    config.write("secrets", identity("server", SERVER), identity("client", CLIENT), authority());
    config.write("filter", filter());
    config.write("tls", tlsListener("tls", tlsPort, protocol.source("600s")));
    config.write("plain", plainListener(protocol.source("600s")));
    config.write("cluster", cluster(protocol.source("600s")));

    try (var daemon = DaemonProcess.ready(config.root());
        var envoy = RealEnvoy.start(protocol.bootstrap(daemon.port(protocol)), folder)) {
      awaitAnswers(envoy);
      try (var handshakes = Visits.start(tlsPort, true, PER_SECOND);
          var requests = Visits.start(plainPort, false, PER_SECOND)) {
        edit(protocol, envoy);
        daemon.kill();
        config.write("tls", tlsListener("tls", tlsPort, protocol.source("606s")));
        daemon.start();
        time("listener, changed during a restart", () -> awaitListener(envoy, "606s"));
        config.write("cluster", cluster(protocol.source("607s")));
        time("cluster, after it", () -> awaitCluster(envoy, "607s"));
        report(protocol, handshakes, requests);

        assertThat(handshakes.failed()).as(envoy::log).isEmpty();
        assertThat(requests.failed()).as(envoy::log).isEmpty();
        assertThat(handshakes.total()).isGreaterThan(PER_SECOND);
        assertThat(requests.total()).isGreaterThan(PER_SECOND);
      }
    }
  }

  private void edit(Protocol protocol, RealEnvoy envoy) throws Exception {
    config.write("tls", tlsListener("tls", tlsPort, protocol.source("601s")));
    time("listener's certificate", () -> awaitListener(envoy, "601s"));

    config.write("second", tlsListener("second", secondPort, protocol.source("602s")));
    time("second listener", () -> awaitListener(envoy, "602s"));
    assertThat(Visits.once(secondPort)).isEqualTo("HTTP/1.1 200 OK");

    config.write("cluster", cluster(protocol.source("603s")));
    time("cluster's certificate and authority", () -> awaitCluster(envoy, "603s"));

    config.write("plain", plainListener(protocol.source("604s")));
    time("listener's filter", () -> awaitListener(envoy, "604s"));

    config.write("secrets", identity("server", CLIENT), identity("client", CLIENT), authority());
    config.write("tls", tlsListener("tls", tlsPort, protocol.source("605s")));
    time("listener, with its secret", () -> awaitListener(envoy, "605s"));
  }

  private void awaitAnswers(RealEnvoy envoy) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(Visits.once(tlsPort)).as(envoy::log).isEqualTo("HTTP/1.1 200 OK");
          assertThat(RealEnvoy.through(plainPort, "/")).as(envoy::log).isEqualTo("200 world");
        });
  }

  /** Until a listener with this config source is in use and none is warming. */
  private static void awaitListener(RealEnvoy envoy, String fetchTimeout) {
    awaitWarm(envoy, "dynamic_listeners", fetchTimeout, "listener_manager.total_listeners_warming");
  }

  private static void awaitCluster(RealEnvoy envoy, String fetchTimeout) {
    awaitWarm(envoy, "dynamic_active_clusters", fetchTimeout, "cluster_manager.warming_clusters");
  }

  private static void awaitWarm(RealEnvoy envoy, String part, String timeout, String warming) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          assertThat(envoy.values(part, "initial_fetch_timeout")).as(envoy::log).contains(timeout);
          assertThat(envoy.stat(warming)).isZero();
        });
  }

  private void time(String what, Runnable waiting) {
    long begun = System.nanoTime();
    waiting.run();
    times.add(what + " " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
  }

  private void report(Protocol protocol, Visits handshakes, Visits requests) {
    System.out.println(
        "config sources, %s: %d handshakes, failed %s; %d requests, lost %s; warm after: %s"
            .formatted(
                protocol.label(),
                handshakes.total(),
                handshakes.failed(),
                requests.total(),
                requests.failed(),
                String.join(", ", times)));
  }

  /** Answers by itself, over TLS. */
  private static String tlsListener(String name, int port, String source) {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: %s
    address: {socket_address: {address: 127.0.0.1, port_value: %d}}
    filter_chains:
    - transport_socket:
        name: tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          common_tls_context: {tls_certificate_sds_secret_configs: [{name: server, sds_config: %s}]}
      filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: %s
          route_config:
            virtual_hosts:
            - name: all
              domains: ["*"]
              routes: [{match: {prefix: /}, direct_response: {status: 200, body: {inline_string: world}}}]
          http_filters:
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """
        .formatted(name, port, source, name);
  }

  /** Sends everything to the cluster, through a filter that is discovered. */
  private String plainListener(String source) {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: plain
    address: {socket_address: {address: 127.0.0.1, port_value: %d}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: plain
          route_config:
            virtual_hosts:
            - name: all
              domains: ["*"]
              routes: [{match: {prefix: /}, route: {cluster: secured, retry_policy: {retry_on: connect-failure}}}]
          http_filters:
          - name: filter
            config_discovery: {config_source: %s, type_urls: [type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault]}
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """
        .formatted(plainPort, source);
  }

  /** Leads to the first listener, with a certificate and an authority that are discovered. */
  private String cluster(String source) {
    return """
    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
    name: secured
    type: STATIC
    load_assignment:
      cluster_name: secured
      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]
    transport_socket:
      name: tls
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
        common_tls_context:
          tls_certificate_sds_secret_configs: [{name: client, sds_config: %s}]
          validation_context_sds_secret_config: {name: authority, sds_config: %s}
    """
        .formatted(tlsPort, source, source);
  }

  private static String filter() {
    return """
    "@type": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig
    name: filter
    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault}
    """;
  }

  private static String identity(String name, Certified identity) {
    return """
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
    name: %s
    tls_certificate: {certificate_chain: {inline_string: "%s"}, private_key: {inline_string: "%s"}}
    """
        .formatted(name, quoted(identity.certificate()), quoted(identity.key()));
  }

  private static String authority() {
    return """
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
    name: authority
    validation_context: {trusted_ca: {inline_string: "%s"}}
    """
        .formatted(quoted(CA.certificate()));
  }

  private static String quoted(String pem) {
    return pem.replace("\n", "\\n");
  }
}
