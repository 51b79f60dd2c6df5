package myxds.gate.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Filter chains and the order of filters; what is a conflict for Envoy is in the peer tests. */
final class FilterChainsTest {
  private static final String ROUTER = filter("http.router.v3.Router");

  @Test
  void namesBothChainsOfOneMatch() {
    var found =
        Found.in(
            listener(
                chain("filter_chain_match: {server_names: [a.com, b.com]}"),
                chain("filter_chain_match: {server_names: [c.com]}"),
                chain("filter_chain_match: {server_names: [B.com]}")));

    assertThat(found)
        .containsExactly(
            "l filter_chains[2].filter_chain_match: error: a connection can match this and"
                + " filter_chains[0].filter_chain_match (expected: filter chains that share none)");
  }

  @Test
  void namesTheChainItselfWhereThereIsNoMatch() {
    var found = Found.in(listener(chain("name: a"), chain("name: b")));

    assertThat(found)
        .containsExactly(
            "l filter_chains[1]: error: a connection can match this and filter_chains[0] (expected:"
                + " filter chains that share none)");
  }

  @Test
  void tellsOfAnEmptyChain() {
    assertThat(Found.in(listener("{name: a}")))
        .containsExactly(
            "l filter_chains[0]: warning: no filters: each connection is closed at once (expected:"
                + " a filter)");
  }

  @Test
  void letsAListenerForDatagramsOrTheApiBeWithoutChains() {
    var start = "\"@type\": type.googleapis.com/envoy.config.listener.v3.Listener\nname: l\n";

    assertThat(
            Found.in(
                start
                    + "address: {socket_address: {protocol: UDP, address: 1.2.3.4, port_value:"
                    + " 1}}"))
        .isEmpty();
    assertThat(Found.in(start + "api_listener: {}")).isEmpty();
    assertThat(Found.in(start + "address: {pipe: {path: /a}}"))
        .containsExactly("l : error: no filter_chains (expected: at least one)");
  }

  @Test
  void comparesManyChains() {
    var chains =
        IntStream.rangeClosed(1, 20_000)
            .mapToObj(
                i -> chain("filter_chain_match: {server_names: [a%d.com]}".formatted(i % 19_999)))
            .toArray(String[]::new);

    assertThat(Found.in(listener(chains))).hasSize(1);
  }

  @Test
  void givesUpOnMoreCombinationsThanItCanCompare() {
    var ports =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    var names =
        IntStream.rangeClosed(1, 1_000).mapToObj(i -> "a" + i).collect(Collectors.joining(","));
    var vast =
        "filter_chain_match: {source_ports: [%s], server_names: [%s]}".formatted(ports, names);

    assertThat(Found.in(listener(chain(vast), chain(vast)))).isEmpty();
  }

  @Test
  void saysWhichFilterIsOutOfOrder() {
    var cors = filter("http.cors.v3.Cors");

    assertThat(Found.in(manager(ROUTER + ", " + cors + ", " + cors)))
        .containsExactly(
            "l filter_chains[0].filters[0].typed_config.http_filters[0]: error: filter \"f\" ends"
                + " the chain, but 2 more come after it (expected: it is the last)",
            "l filter_chains[0].filters[0].typed_config.http_filters[2]: error: filter \"f\" is the"
                + " last, but does not end the chain (expected: a router after it)");
    assertThat(Found.in(manager(cors + ", " + ROUTER))).isEmpty();
  }

  @Test
  void saysNothingOfFiltersThatItDoesNotKnow() {
    var discovered = "{name: f, config_discovery: {type_urls: [a/b]}}";

    assertThat(Found.in(manager(discovered))).isEmpty();
    assertThat(Found.in(manager(filter("http.kill_request.v3.KillRequest")))).isEmpty();
  }

  @Test
  void findsWhatIsOutOfOrderBetweenRouterAndCluster() {
    var codec = filter("http.upstream_codec.v3.UpstreamCodec");
    var passing = filter("http.header_mutation.v3.HeaderMutation");
    var options =
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: c
        typed_extension_protocol_options:
          any.name:
            "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
            http_filters: [%s]
        """;

    assertThat(Found.in(options.formatted(passing + ", " + codec))).isEmpty();
    assertThat(Found.in(options.formatted(passing)))
        .containsExactly(
            "c typed_extension_protocol_options[\"any.name\"].http_filters[0]: error: filter \"f\""
                + " is the last, but does not end the chain (expected: an upstream_codec after"
                + " it)");
  }

  private static String filter(String type) {
    return "{name: f, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters."
        + type
        + "}}";
  }

  private static String chain(String fields) {
    return "{filters: [" + filter("network.echo.v3.Echo") + "], " + fields + "}";
  }

  private static String manager(String filters) {
    return listener(
        "{filters: [{name: h, typed_config: {\"@type\":"
            + " type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager,"
            + " http_filters: ["
            + filters
            + "]}}]}");
  }

  private static String listener(String... chains) {
    return """
    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
    name: l
    address: {pipe: {path: /a}}
    filter_chains: [%s]
    """
        .formatted(String.join(", ", chains));
  }
}
