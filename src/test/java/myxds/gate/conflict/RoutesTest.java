package myxds.gate.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domains, routes that are never reached, weights. */
final class RoutesTest {
  @Test
  void saysWhereADomainIsTwice() {
    var found =
        Found.in(
            """
            "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
            name: r
            virtual_hosts:
            - {name: a, domains: [a.com, b.com]}
            - {name: b, domains: ["c.com", "B.COM"]}
            - {name: a, domains: ["*"]}
            """);

    assertThat(found)
        .containsExactly(
            "r virtual_hosts[1].domains[1]: error: domain \"B.COM\" is there twice, also at"
                + " virtual_hosts[0].domains[1] (expected: once in a route configuration)",
            "r virtual_hosts[2].name: warning: virtual host \"a\" is there twice, also at"
                + " virtual_hosts[0].name: their statistics are added up (expected: a name of its"
                + " own)");
  }

  @Test
  void lowersOnlyTheLettersThatEnvoyLowers() {
    var found =
        Found.in(
            """
            "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
            name: r
            virtual_hosts: [{name: a, domains: [é.com, É.com]}]
            """);

    assertThat(found).isEmpty();
  }

  @Test
  void looksIntoAFilterOfAnyName() {
    var found =
        Found.in(
            """
            "@type": type.googleapis.com/envoy.config.listener.v3.Listener
            name: l
            address: {pipe: {path: /a}}
            filter_chains:
            - filters:
              - name: anything
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  http_filters:
                  - name: f
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                  route_config:
                    virtual_hosts:
                    - {name: a, domains: ["*", "*"]}
            """);

    assertThat(found)
        .singleElement()
        .asString()
        .startsWith(
            "l filter_chains[0].filters[0].typed_config.route_config.virtual_hosts[0].domains[1]:"
                + " error: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prefix: /                                 | prefix: /
          prefix: ''                                | path: /a
          prefix: /                                 | 'safe_regex: {regex: /a.*}'
          prefix: /                                 | 'path: /a, headers: [{name: a}]'
          prefix: /a                                | path: /ab
          prefix: /a                                | prefix: /a/b
          prefix: /a                                | path_separated_prefix: /a
          path: /a                                  | path: /a
          path_separated_prefix: /a                 | path: /a
          path_separated_prefix: /a                 | path: /a/b
          path_separated_prefix: /a                 | path_separated_prefix: /a/b
          path_separated_prefix: /a                 | prefix: /a/
          'safe_regex: {regex: /a.*}'               | 'safe_regex: {regex: /a.*}'
          'prefix: /A, case_sensitive: false'       | path: /ab
          'path: /A, case_sensitive: false'         | 'path: /a, case_sensitive: false'
          prefix: /                                 | 'prefix: /a, case_sensitive: false'
          'prefix: /a, case_sensitive: true'        | prefix: /a
          """,
      quoteCharacter = '\'')
  void findsARouteThatIsNeverReached(String first, String second) {
    assertThat(Found.in(routes(first, second)))
        .containsExactly(
            "r virtual_hosts[0].routes[1].match: warning: the route is never reached:"
                + " virtual_hosts[0].routes[0].match comes first");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prefix: /a                                | prefix: /
          path: /a                                  | prefix: /a
          path: /a                                  | path: /A
          prefix: /a                                | 'prefix: /a, case_sensitive: false'
          path_separated_prefix: /a                 | prefix: /a
          path_separated_prefix: /a                 | path: /ab
          prefix: /a                                | 'safe_regex: {regex: /a.*}'
          'safe_regex: {regex: /a.*}'               | path: /a
          prefix: /                                 | 'connect_matcher: {}'
          'prefix: /, headers: [{name: a}]'         | prefix: /
          'prefix: /, query_parameters: [{name: a}]' | prefix: /
          'prefix: /, grpc: {}'                     | prefix: /
          'prefix: /, runtime_fraction: {default_value: {numerator: 1}}' | prefix: /
          """,
      quoteCharacter = '\'')
  void leavesARouteThatSomeRequestsReach(String first, String second) {
    assertThat(Found.in(routes(first, second))).isEmpty();
  }

  @Test
  void looksAtVirtualHostsOnTheirOwn() {
    var found =
        Found.in(
            """
            "@type": type.googleapis.com/envoy.config.route.v3.VirtualHost
            name: r/a
            domains: ["*"]
            routes: [{match: {prefix: /}}, {match: {prefix: /a}}]
            """);

    assertThat(found).singleElement().asString().startsWith("r/a routes[1].match: warning: ");
  }

  @Test
  void findsADomainOfTwoVirtualHostsOfOneRouteConfiguration() {
    var found = Found.in(vhds("vhds: {config_source: {ads: {}}}", "r/z", "A.com, b.com"));

    assertThat(found)
        .containsExactly(
            "r virtual_hosts[0].domains[0]: error: domain \"A.com\" is there twice, also in virtual"
                + " host \"r/z\" (expected: once for a route configuration)",
            "r/z domains[0]: error: domain \"A.com\" is there twice, also in route configuration"
                + " \"r\" (expected: once for a route configuration)",
            "r/x domains[0]: error: domain \"b.com\" is there twice, also in virtual host \"r/z\""
                + " (expected: once for a route configuration)",
            "r/z domains[1]: error: domain \"b.com\" is there twice, also in virtual host \"r/x\""
                + " (expected: once for a route configuration)");
  }

  @Test
  void leavesVirtualHostsOfDifferentRouteConfigurations() {
    assertThat(Found.in(vhds("vhds: {config_source: {ads: {}}}", "s/z", "a.com, b.com"))).isEmpty();
    assertThat(Found.in(vhds("", "r/z", "a.com"))).isEmpty();
  }

  private static String vhds(String field, String name, String domains) {
    return """
    "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
    name: r
    virtual_hosts: [{name: a, domains: [a.com]}]
    %s
    ---
    {"@type": type.googleapis.com/envoy.config.route.v3.VirtualHost, name: r/x, domains: [b.com]}
    ---
    {"@type": type.googleapis.com/envoy.config.route.v3.VirtualHost, name: %s, domains: [%s]}
    """
        .formatted(field, name, domains);
  }

  @Test
  void findsTheLastOfManyRoutes() {
    var matches = new ArrayList<String>();
    for (int i = 0; i < 20_000; i++) {
      matches.add("path: /a/" + i);
    }
    matches.add("path: /a/7");

    assertThat(Found.in(routes(matches.toArray(String[]::new))))
        .singleElement()
        .asString()
        .endsWith("virtual_hosts[0].routes[7].match comes first");
  }

  @Test
  void addsUpTheWeightsOfARoute() {
    var route = "r virtual_hosts[0].routes[0].route.weighted_clusters.clusters";

    assertThat(Found.in(weights("{name: a, weight: 0}, {name: b, weight: 0}")))
        .containsExactly(route + ": error: the weights add up to 0 (expected: 1 to 4294967295)");
    assertThat(Found.in(weights("{name: a, weight: 4294967295}, {name: b, weight: 1}")))
        .containsExactly(
            route + ": error: the weights add up to 4294967296 (expected: 1 to 4294967295)");
    assertThat(Found.in(weights("{name: a, weight: 1}, {name: b}")))
        .containsExactly(route + "[1]: error: weight: not set (expected: a weight)");
    assertThat(Found.in(weights("{name: a, weight: 4294967295}"))).isEmpty();
  }

  private static String routes(String... matches) {
    var all = new ArrayList<String>();
    for (var match : matches) {
      all.add("{match: {" + match + "}, route: {cluster: c}}");
    }
    return host("[" + String.join(", ", all) + "]");
  }

  private static String weights(String clusters) {
    return host(
        "[{match: {prefix: /}, route: {weighted_clusters: {clusters: [" + clusters + "]}}}]");
  }

  private static String host(String routes) {
    return """
    "@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration
    name: r
    virtual_hosts: [{name: a, domains: ["*"], routes: %s}]
    """
        .formatted(routes);
  }
}
