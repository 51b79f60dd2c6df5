package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A daemon and three real Envoys of its group {@code edge}: edge-1, edge-2, and edge-3, which lacks
 * an extension that the others have.
 */
public final class Trio implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<String> LACKING =
      List.of("--disable-extensions", "envoy.filters.http/envoy.filters.http.lua");

  private final Path folder;
  final ConfigFolder config;
  final DaemonProcess daemon;
  final List<RealEnvoy> envoys = new ArrayList<>();

  private Trio(Path folder) throws IOException {
    this.folder = folder;
    config = new ConfigFolder(folder.resolve("config"), "edge");
    settings("");
    write("one", false);
    config.write("shop", cluster("shop"), endpoints("shop"));
    config.write("payments", cluster("payments"), endpoints("payments"));
    config.write("routes", ROUTES);
    daemon = DaemonProcess.ready(config.root());
  }

  /** Starts all of them. */
  public static Trio start(Path folder) throws Exception {
    var trio = new Trio(folder);
    for (int i = 0; i < 3; i++) {
      trio.envoys.add(trio.envoy(i));
    }
    return trio;
  }

  private RealEnvoy envoy(int number) throws IOException {
    return envoy("edge-" + (number + 1), number == 2 ? LACKING : List.<String>of());
  }

  /** Starts one more Envoy of the group, which the caller closes. */
  RealEnvoy another(String node) throws IOException {
    return envoy(node, List.<String>of());
  }

  private RealEnvoy envoy(String node, List<String> lacking) throws IOException {
    var own = Files.createDirectories(folder.resolve(node));
    var bootstrap = Protocol.ADS_DELTA.bootstrap(daemon.port(Protocol.ADS_DELTA));
    return RealEnvoy.start(Resources.of(node, bootstrap), own, lacking);
  }

  /** Starts an Envoy anew, which holds nothing then. */
  void restart(int number) throws IOException {
    envoys.get(number).close();
    envoys.set(number, envoy(number));
  }

  /** What the group does about a refusal: {@code , on_nack: …}. */
  void settings(String onNack) throws IOException {
    Files.createDirectories(config.root());
    Files.writeString(
        config.root().resolve("my-xds.yaml"),
        "groups: [{name: edge, match: {id: \"edge-*\"}%s}]\n".formatted(onNack));
  }

  /**
   * Saves another listener.
   *
   * @param prefix by which it is told from others
   * @param lua whether it has the filter that edge-3 lacks
   */
  void write(String prefix, boolean lua) throws IOException {
    config.write("listener", listener(prefix, lua ? LUA : ""));
  }

  /** The listener that edge-3 refuses is published, and all have answered. */
  public void refuse() throws Exception {
    stands(3, 0);
    write("two", true);
    stands(2, 1);
    runs(2, "one");
  }

  /** So many nodes are in sync, and so many refuse. */
  void stands(int inSync, int refusing) {
    var counts =
        "\"counts\":{\"in_sync\":%d,\"behind\":0,\"refusing\":%d,".formatted(inSync, refusing);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(daemon.admin("/api/v1/nodes")).contains(counts));
  }

  /** The Envoy says that its listener is this one. */
  void runs(int envoy, String prefix) {
    await()
        .atMost(SOON)
        .until(() -> envoys.get(envoy).values("dynamic_listeners", "stat_prefix").contains(prefix));
  }

  /** Where the page is. */
  public String url() {
    return daemon.url();
  }

  @Override
  public void close() {
    envoys.forEach(RealEnvoy::close);
    daemon.close();
  }

  private static String cluster(String name) {
    return Resources.cluster(name, Protocol.ADS_DELTA.source());
  }

  private static String endpoints(String cluster) {
    return Resources.endpoints(cluster, 8080);
  }

  private static final String LUA =
      """
      - name: lua
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua
          default_source_code: {inline_string: "function envoy_on_request(handle) end"}
      """;

  private static final String ROUTES =
      """
      "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
      name: web
      virtual_hosts:
      - name: all
        domains: ["*"]
        routes:
        - {match: {prefix: /pay}, route: {cluster: payments}}
        - {match: {prefix: /}, route: {cluster: shop}}
      """;

  private static String listener(String prefix, String filter) {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: web
    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: %s
          rds: {route_config_name: web, config_source: {ads: {}, resource_api_version: V3}}
          http_filters:
    %s\
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """
        .formatted(prefix, filter.indent(6));
  }
}
