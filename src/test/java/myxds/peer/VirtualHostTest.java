package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import myxds.TestDaemon;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real Envoy asks for a virtual host when a request for it comes. Before there is a host to ask
 * for, its route configuration waits for an answer that it can never get
 * (github.com/envoyproxy/envoy/issues/23095): for no longer than it is told to.
 */
final class VirtualHostTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"ADS_DELTA", "DELTA_PER_TYPE"})
  void isThereWhenARequestAsksForIt(Protocol protocol) throws Exception {
    int port = TestDaemon.freePort();
    var source = protocol.source("60s");
    var config = ConfigFolder.in(folder);
    try (var upstream = Upstream.answering("world")) {
      config.write("listener", onDemand(Resources.listener(port, source)));
      config.write("route", route(protocol.source("0.001s")));
      config.write("host", host("127.0.0.1:" + port));
      config.write("cluster", Resources.cluster("one", source));
      config.write("endpoints", Resources.endpoints("one", upstream.port()));

      try (var daemon = TestDaemon.ready(config.root());
          var envoy = start(protocol, source, daemon)) {
        await()
            .atMost(SOON)
            .untilAsserted(() ->
                assertThat(RealEnvoy.through(port, "/")).as(envoy::log).isEqualTo("200 world"));
      }
    }
  }

  private RealEnvoy start(Protocol protocol, String source, TestDaemon daemon) throws IOException {
    return RealEnvoy.start(Resources.bootstrap(protocol, source, protocol.port(daemon)), folder);
  }

  private static String onDemand(String listener) {
    var filter =
        """
        http_filters:
              - name: on_demand
                typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.on_demand.v3.OnDemand}
        """;
    return listener.replace("http_filters:\n", filter);
  }

  private static String route(String source) {
    return """
    "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
    name: route
    vhds: {config_source: %s}
    """
        .formatted(source);
  }

  private static String host(String domain) {
    return """
    "@type": type.googleapis.com/envoy.service.discovery.v3.Resource
    name: route/shop
    resource:
      "@type": type.googleapis.com/envoy.config.route.v3.VirtualHost
      name: route/shop
      domains: ["%s"]
      routes: [{match: {prefix: /}, route: {cluster: one}}]
    """
        .formatted(domain);
  }
}
