package myxds.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import myxds.TestDaemon;
import myxds.diff.Effect.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a real Envoy under traffic does about an edit of what listeners and clusters ask for is what
 * {@code diff} says that it does.
 */
final class DiscoveredEffectTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String CHANGES_OF_BACKEND = "cluster.backend.membership_change";
  private static final String CLOSED_UPSTREAM = "cluster.backend.upstream_cx_destroy";
  private static final String CLUSTER_MODIFIED = "cluster_manager.cluster_modified";
  private static final String ROUTE_RELOADED = "http.ingress.rds.route.config_reload";
  private static final String FILTER_RELOADED =
      "extension_config_discovery.http_filter.filter.config_reload";
  private static final String RUNTIME_LOADED = "runtime.load_success";
  private static final String SECRET = "secret";

  /** What tells of a change; a downstream connection is never closed. */
  private static final List<String> FIGURES =
      List.of(
          CHANGES_OF_BACKEND,
          CLOSED_UPSTREAM,
          CLUSTER_MODIFIED,
          ROUTE_RELOADED,
          FILTER_RELOADED,
          RUNTIME_LOADED,
          "http.ingress.downstream_cx_destroy",
          "listener_manager.listener_modified",
          "listener_manager.listener_removed",
          "cluster_manager.cluster_removed");

  @TempDir Path folder;
  private final int port = TestDaemon.freePort();
  private ConfigFolder config;
  private Upstream one;
  private Upstream two;
  private final Map<String, String> files = new TreeMap<>();
  private int weight = 1;

  @BeforeEach
  void startUpstreams() throws IOException {
    config = ConfigFolder.in(folder);
    one = Upstream.answering("world");
    two = Upstream.answering("world");
  }

  @AfterEach
  void stopUpstreams() {
    one.close();
    two.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"ADS_SOTW", "ADS_DELTA"})
  void isAsForetold(Protocol protocol) throws Exception {
    writeAll(protocol);
    boolean delta = protocol == Protocol.ADS_DELTA;
    try (var daemon = TestDaemon.ready(config.root(), Map.of("gate.references", "warning"));
        var envoy = RealEnvoy.start(bootstrap(protocol, daemon), folder)) {
      answers(envoy, "200 world");

      edit("endpoints", endpoints(one), Kind.IN_PLACE, envoy, CHANGES_OF_BACKEND, CLOSED_UPSTREAM);
      edit("endpoints", endpoints(one, two), Kind.IN_PLACE, envoy, CHANGES_OF_BACKEND);
      editsOfTheSameAddresses(envoy);
      edit("route", route("new"), Kind.IN_PLACE, envoy, ROUTE_RELOADED);
      edit("secret", secret("n3w"), Kind.ROTATES, envoy, SECRET);
      edit("filter", filter(418), Kind.IN_PLACE, envoy, FILTER_RELOADED);
      answers(envoy, "418 fault filter abort");
      edit("filter", filter(0), Kind.IN_PLACE, envoy, FILTER_RELOADED);
      answers(envoy, "200 world");
      edit("runtime", runtime(2), Kind.IN_PLACE, envoy, RUNTIME_LOADED);
      var changed = Resources.cluster(protocol) + "connect_timeout: 3s\n";
      edit(
          "cluster",
          changed,
          Kind.WARMS,
          envoy,
          CLUSTER_MODIFIED,
          CHANGES_OF_BACKEND,
          CLOSED_UPSTREAM);

      edit("route", "", Kind.KEPT, envoy);
      edit("endpoints", "", Kind.KEPT, envoy);
      edit("secret", "", Kind.KEPT, envoy);
      answers(envoy, "200 world");
      edit("runtime", "", Kind.DROPPED, envoy, delta ? RUNTIME_LOADED : "");
      edit("filter", "", Kind.DROPPED, envoy, delta ? FILTER_RELOADED : "");
      answers(envoy, delta ? "500 " : "200 world");
    }
  }

  /**
   * An endpoint of another name, or in another place, is another one; one of another weight is not.
   */
  private void editsOfTheSameAddresses(RealEnvoy envoy) throws Exception {
    var both = endpoints(one, two);
    var named = both.replace("{address: {socket", "{hostname: other, address: {socket");
    var moved = named.replace("- lb_endpoints", "- locality: {region: other}\n  lb_endpoints");
    edit("endpoints", named, Kind.IN_PLACE, envoy, CHANGES_OF_BACKEND, CLOSED_UPSTREAM);
    edit("endpoints", moved, Kind.IN_PLACE, envoy, CHANGES_OF_BACKEND, CLOSED_UPSTREAM);
    var heavier = moved + "    load_balancing_weight: 2\n";
    edit("endpoints", heavier, Kind.IN_PLACE, envoy);
    edit("endpoints", both, Kind.IN_PLACE, envoy, CHANGES_OF_BACKEND, CLOSED_UPSTREAM);
  }

  /** Saves a file, and sees that it is of this effect and that exactly these figures move. */
  private void edit(String file, String text, Kind kind, RealEnvoy envoy, String... moving)
      throws Exception {
    IntStream.range(0, 6).forEach(i -> RealEnvoy.through(port, "/"));
    var before = figures(envoy);
    var effect = Foretold.effect(files.get(file), text);
    assertThat(effect.kind()).as(file).isEqualTo(kind);
    assertThat(effect.detail().contains("no connection drains"))
        .as(effect.detail())
        .isEqualTo(kind == Kind.IN_PLACE && !List.of(moving).contains(CLOSED_UPSTREAM));

    write(file, text);
    // Whatever else it would have been told comes before the second of these.
    awaitAnotherEdit(envoy);
    awaitAnotherEdit(envoy);

    var expected = new TreeSet<>(Set.of(moving));
    expected.remove("");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(moved(before, figures(envoy))).as(file).isEqualTo(expected));
  }

  private void awaitAnotherEdit(RealEnvoy envoy) throws Exception {
    long told = envoy.stat("cluster.marker.update_success");
    weight++;
    write("marker-endpoints", marker(weight));
    await().atMost(SOON).until(() -> envoy.stat("cluster.marker.update_success") > told);
  }

  private static Set<String> moved(Map<String, String> before, Map<String, String> after) {
    return after.keySet().stream()
        .filter(name -> !after.get(name).equals(before.get(name)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> figures(RealEnvoy envoy) throws Exception {
    var figures = new TreeMap<String, String>();
    for (var name : FIGURES) {
      figures.put(name, Long.toString(envoy.stat(name)));
    }
    figures.put(SECRET, envoy.values("dynamic_active_secrets", "version_info").toString());
    return figures;
  }

  private void answers(RealEnvoy envoy, String expected) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(RealEnvoy.through(port, "/")).as(envoy::log).isEqualTo(expected));
  }

  private void writeAll(Protocol protocol) throws IOException {
    write("listener", listener(protocol.source()));
    write("cluster", Resources.cluster(protocol));
    write("endpoints", endpoints(one, two));
    write("route", route("old"));
    write("secret", secret("0ld"));
    write("filter", filter(0));
    write("runtime", runtime(1));
    write("marker", Resources.cluster("marker", protocol.source()));
    write("marker-endpoints", marker(weight));
  }

  private void write(String file, String text) throws IOException {
    files.put(file, text);
    config.write(file, text.isEmpty() ? "resources: []" : text);
  }

  private static String bootstrap(Protocol protocol, TestDaemon daemon) {
    return protocol.bootstrap(daemon)
        + "\nlayered_runtime: {layers: [{name: layer, rtds_layer: {name: layer, rtds_config: %s}}]}\n"
            .formatted(protocol.source());
  }

  private String listener(String source) {
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
          - name: filter
            config_discovery: {config_source: %s, type_urls: [type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault]}
          - name: inject
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.credential_injector.v3.CredentialInjector
              credential:
                name: generic
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.http.injected_credentials.generic.v3.Generic
                  credential: {name: token, sds_config: %s}
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
    """
        .formatted(port, source, source, source);
  }

  private static String endpoints(Upstream... upstreams) {
    var text = new StringBuilder(Resources.endpoints(upstreams[0].port()));
    for (int i = 1; i < upstreams.length; i++) {
      text.append(
          "  - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}\n"
              .formatted(upstreams[i].port()));
    }
    return text.toString();
  }

  private static String marker(int weight) {
    return Resources.endpoints("marker", 9) + "    load_balancing_weight: " + weight + "\n";
  }

  private static String route(String header) {
    return Resources.route("/")
        + "response_headers_to_add: [{header: {key: edit, value: %s}}]\n".formatted(header);
  }

  private static String secret(String value) {
    return """
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
    name: token
    generic_secret: {secret: {inline_string: %s}}
    """
        .formatted(value);
  }

  /** A filter that answers with this status; 0 for one that lets everything pass. */
  private static String filter(int status) {
    return """
    "@type": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig
    name: filter
    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault%s}
    """
        .formatted(
            status == 0
                ? ""
                : ", abort: {http_status: %d, percentage: {numerator: 100}}".formatted(status));
  }

  private static String runtime(int value) {
    return """
    "@type": type.googleapis.com/envoy.service.runtime.v3.Runtime
    name: layer
    layer: {some.key: %d}
    """
        .formatted(value);
  }
}
