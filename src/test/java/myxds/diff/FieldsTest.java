package myxds.diff;

import static myxds.diff.Compared.cluster;
import static myxds.diff.Compared.endpoints;
import static myxds.diff.Compared.fields;
import static myxds.diff.Compared.listener;
import static myxds.diff.Compared.route;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FieldsTest {

  @Test
  void tellsValuesAsTheirAuthorsWriteThem() {
    var fields =
        fields(
            cluster("connect_timeout: 5s\nlb_policy: RING_HASH"),
            cluster("connect_timeout: 0.250s\nper_connection_buffer_limit_bytes: 1024"));

    assertThat(fields)
        .containsExactlyInAnyOrder(
            "connect_timeout: 5s → 0.25s",
            "lb_policy: RING_HASH → ROUND_ROBIN",
            "per_connection_buffer_limit_bytes: null → 1024");
  }

  @Test
  void tellsAMessageThatIsNewOrGoneAsAWhole() {
    var with = cluster("circuit_breakers: {thresholds: [{max_requests: 3, priority: HIGH}]}");

    assertThat(fields(cluster(""), with))
        .containsExactly(
            "circuit_breakers: null → {thresholds: [{priority: HIGH, max_requests: 3}]}");
    assertThat(fields(with, cluster("")))
        .containsExactly(
            "circuit_breakers: {thresholds: [{priority: HIGH, max_requests: 3}]} → null");
  }

  @Test
  void tellsTheOneAlternativeAndTheOther() {
    var fields =
        fields(
            route("virtual_hosts: [{name: v, domains: [x], routes: [{match: {prefix: /}}]}]"),
            route("virtual_hosts: [{name: v, domains: [x], routes: [{match: {path: /}}]}]"));

    assertThat(fields)
        .containsExactly(
            "virtual_hosts[\"v\"].routes[0].match.prefix: / → null",
            "virtual_hosts[\"v\"].routes[0].match.path: null → /");
  }

  @Test
  void seesAnInsertionAtTheFrontAsOneAddition() {
    var fields =
        fields(
            route(routes("{prefix: /a}", "{prefix: /b}")),
            route(routes("{prefix: /new}", "{prefix: /a}", "{prefix: /b}")));

    assertThat(fields)
        .containsExactly(
            "virtual_hosts[\"v\"].routes[0]: null → {match: {prefix: /new}, route: {cluster: c}}");
  }

  @Test
  void seesAChangeBetweenEqualElementsAsAChange() {
    var fields =
        fields(
            route(routes("{prefix: /gone}", "{prefix: /a}", "{prefix: /b}", "{prefix: /c}")),
            route(routes("{prefix: /a}", "{prefix: /B}", "{prefix: /c}")));

    assertThat(fields)
        .containsExactly(
            "virtual_hosts[\"v\"].routes[0]: {match: {prefix: /gone}, route: {cluster: c}} → null",
            "virtual_hosts[\"v\"].routes[1].match.prefix: /b → /B");
  }

  @Test
  void matchesElementsByTheirNames() {
    var fields =
        fields(
            listener("filter_chains: [{name: a}, {name: b, metadata: {}}]"),
            listener("filter_chains: [{name: new}, {name: b, transport_socket: {name: t}}]"));

    assertThat(fields)
        .containsExactly(
            "filter_chains[\"a\"]: {name: a} → null",
            "filter_chains[\"new\"]: null → {name: new}",
            "filter_chains[\"b\"].metadata: {} → null",
            "filter_chains[\"b\"].transport_socket: null → {name: t}");
  }

  @Test
  void tellsAnotherOrderOfNamedElements() {
    var fields =
        fields(
            listener("filter_chains: [{name: a}, {name: b}]"),
            listener("filter_chains: [{name: b}, {name: a}]"));

    assertThat(fields).containsExactly("filter_chains: [a, b] → [b, a]");
  }

  @Test
  void matchesElementsByTheirPlacesWhereTwoHaveOneName() {
    var fields =
        fields(
            listener("filter_chains: [{name: a}, {name: a}]"),
            listener("filter_chains: [{name: a}, {name: b}]"));

    assertThat(fields).containsExactly("filter_chains[1].name: a → b");
  }

  @Test
  void matchesEndpointsByTheirAddresses() {
    var fields =
        fields(
            endpoints("endpoints: [{lb_endpoints: [%s, %s]}]".formatted(host(1, 1), host(2, 1))),
            endpoints("endpoints: [{lb_endpoints: [%s, %s]}]".formatted(host(2, 5), host(3, 1))));

    assertThat(fields)
        .satisfiesExactly(
            gone ->
                assertThat(gone)
                    .startsWith("endpoints[0].lb_endpoints[\"10.0.0.1:80\"]: {endpoint: ")
                    .endsWith(" → null"),
            changed ->
                assertThat(changed)
                    .isEqualTo(
                        "endpoints[0].lb_endpoints[\"10.0.0.2:80\"].load_balancing_weight: 1 → 5"),
            added ->
                assertThat(added).startsWith("endpoints[0].lb_endpoints[\"10.0.0.3:80\"]: null"));
  }

  @Test
  void looksIntoPackedMessages() {
    var fields = fields(listener(manager("one")), listener(manager("two")));

    assertThat(fields)
        .containsExactly("filter_chains[0].filters[\"hcm\"].typed_config.stat_prefix: one → two");
  }

  @Test
  void comparesMapsAndStructsByTheirKeys() {
    var fields =
        fields(
            cluster("metadata: {filter_metadata: {m: {a: 1, deep: {x: [1], y: z}}}}"),
            cluster("metadata: {filter_metadata: {m: {b: yes please, deep: {x: [1, 2], y: z}}}}"));

    assertThat(fields)
        .containsExactly(
            "metadata.filter_metadata[\"m\"][\"a\"]: 1 → null",
            "metadata.filter_metadata[\"m\"][\"b\"]: null → \"yes please\"",
            "metadata.filter_metadata[\"m\"][\"deep\"][\"x\"]: [1] → [1, 2]");
  }

  @Test
  void showsOfALongValueWhatIsDifferent() {
    var fields =
        fields(
            cluster("alt_stat_name: " + "x".repeat(500) + "one" + "y".repeat(500)),
            cluster("alt_stat_name: " + "x".repeat(500) + "two" + "y".repeat(500)));

    var same = "…" + "x".repeat(20);
    var rest = "y".repeat(177) + "…";
    assertThat(fields)
        .containsExactly("alt_stat_name: %sone%s → %stwo%s".formatted(same, rest, same, rest));
  }

  @Test
  void writesNoControlCharacters() {
    var fields = fields(cluster(""), cluster("alt_stat_name: \"a\\e[31m\\n\""));

    assertThat(fields).containsExactly("alt_stat_name: null → \"a\\u001b[31m\\n\"");
  }

  @Test
  void tellsWhatOnlyTheDeliveryIs() {
    var fields = fields(wrapped("ttl: 5s"), wrapped("aliases: [b]"));

    assertThat(fields).containsExactly("ttl: 5s → null", "aliases: [] → [b]");
  }

  private static String wrapped(String delivery) {
    return """
    resources:
    - "@type": type.googleapis.com/envoy.service.discovery.v3.Resource
      name: a
      %s
      resource: {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: a}
    """
        .formatted(delivery);
  }

  private static String routes(String... matches) {
    var routes = String.join(", route: {cluster: c}}, {match: ", matches);
    return "virtual_hosts: [{name: v, domains: [x], routes: [{match: %s, route: {cluster: c}}]}]"
        .formatted(routes);
  }

  private static String host(int number, int weight) {
    return "{endpoint: {address: {socket_address: {address: 10.0.0.%d, port_value: 80}}}, load_balancing_weight: %d}"
        .formatted(number, weight);
  }

  private static String manager(String prefix) {
    return """
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: %s
    """
        .formatted(prefix);
  }
}
