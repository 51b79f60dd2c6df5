package myxds.peer;

import static myxds.peer.ConflictRow.Verdict.ACCEPTED;
import static myxds.peer.ConflictRow.Verdict.BROKEN;
import static myxds.peer.ConflictRow.Verdict.REFUSED;
import static myxds.peer.ConflictRow.Verdict.USELESS;
import static myxds.peer.ConflictRows.TYPE;

import java.util.List;
import myxds.peer.ConflictRow.Verdict;

/** HTTP filters, virtual hosts, routes. */
final class HttpConflictRows {
  private static final String ROUTER = http("router.v3.Router");
  private static final String CORS = http("cors.v3.Cors");

  private HttpConflictRows() {}

  static List<ConflictRow> all() {
    return List.of(
        filters("a router", ACCEPTED, ROUTER),
        filters("no HTTP filters", BROKEN, ""),
        filters("a filter after the router", REFUSED, ROUTER + ", " + CORS),
        filters("no router", REFUSED, CORS),
        filters("a filter twice", ACCEPTED, CORS + ", " + CORS + ", " + ROUTER),
        filters("a router twice", REFUSED, ROUTER + ", " + ROUTER),
        filters("a disabled router", REFUSED, ROUTER.replace("{name", "{disabled: true, name")),
        filters(
            "a disabled router before another",
            REFUSED,
            ROUTER.replace("{name", "{disabled: true, name") + ", " + ROUTER),
        filters(
            "an optional router", ACCEPTED, ROUTER.replace("{name", "{is_optional: true, name")),
        filters("an untyped router", ACCEPTED, struct("router.v3.Router")),
        filters("an untyped filter last", REFUSED, struct("cors.v3.Cors")),
        filters("upstream filters", ACCEPTED, upstream(http("upstream_codec.v3.UpstreamCodec"))),
        filters("no upstream codec", REFUSED, upstream(http("header_mutation.v3.HeaderMutation"))),
        filters(
            "upstream codec not last",
            REFUSED,
            upstream(
                http("upstream_codec.v3.UpstreamCodec")
                    + ", "
                    + http("header_mutation.v3.HeaderMutation"))),
        hosts("virtual hosts", ACCEPTED, host("x", "a.com"), host("z", "b.com")),
        hosts("virtual hosts of one name", USELESS, host("x", "a.com"), host("x", "b.com")),
        hosts("a domain twice", REFUSED, host("x", "a.com"), host("z", "a.com")),
        hosts("a domain by case", REFUSED, host("x", "a.com"), host("z", "A.com")),
        hosts("a domain twice in one", REFUSED, host("x", "a.com, a.com"), host("z", "b.com")),
        hosts("all domains twice", REFUSED, host("x", "\"*\""), host("z", "\"*\"")),
        hosts(
            "a wildcard domain twice", REFUSED, host("x", "\"*.a.com\""), host("z", "\"*.A.com\"")),
        hosts("a domain with a port", ACCEPTED, host("x", "\"a.com:80\""), host("z", "a.com")),
        hosts("a wildcard and its like", ACCEPTED, host("x", "\"*.a.com\""), host("z", "b.a.com")),
        routes("a route again", USELESS, "prefix: /", "prefix: /"),
        routes("a route behind a prefix", USELESS, "prefix: /a", "path: /a/b"),
        routes("a route before a prefix", ACCEPTED, "path: /a/b", "prefix: /a"),
        routes("a route beside a segment", ACCEPTED, "path_separated_prefix: /a", "prefix: /a"),
        weights("weights", ACCEPTED, "{name: c, weight: 0}, {name: c, weight: 1}"),
        weights("no weight in sum", REFUSED, "{name: c, weight: 0}"),
        weights("a weight not set", REFUSED, "{name: c}"),
        weights("too much in sum", REFUSED, "{name: c, weight: 4294967295}, {name: c, weight: 1}"));
  }

  private static ConflictRow manager(String name, Verdict verdict, String filters, String hosts) {
    return ConflictRows.network(
        name,
        verdict,
        "{name: h, typed_config: {"
            + TYPE
            + "network.http_connection_manager.v3.HttpConnectionManager, stat_prefix: h,"
            + " http_filters: ["
            + filters
            + "],"
            + " route_config: {name: r, virtual_hosts: ["
            + hosts
            + "]}}}");
  }

  private static ConflictRow filters(String name, Verdict verdict, String filters) {
    return manager(name, verdict, filters, host("x", "\"*\""));
  }

  private static ConflictRow hosts(String name, Verdict verdict, String first, String second) {
    return manager(name, verdict, ROUTER, first + ", " + second);
  }

  private static String host(String name, String domains) {
    return "{name: %s, domains: [%s], routes: [{match: {prefix: /}, route: {cluster: c}}]}"
        .formatted(name, domains);
  }

  private static ConflictRow routes(String name, Verdict verdict, String first, String second) {
    return manager(
        name,
        verdict,
        ROUTER,
        "{name: x, domains: [\"*\"], routes: [{match: {%s}, route: {cluster: c}}, {match: {%s}, route: {cluster: c}}]}"
            .formatted(first, second));
  }

  private static ConflictRow weights(String name, Verdict verdict, String clusters) {
    return manager(
        name,
        verdict,
        ROUTER,
        "{name: x, domains: [\"*\"], routes: [{match: {prefix: /}, route: {weighted_clusters: {clusters: [%s]}}}]}"
            .formatted(clusters));
  }

  private static String http(String type) {
    return "{name: f, typed_config: {" + TYPE + "http." + type + "}}";
  }

  private static String struct(String type) {
    return "{name: f, typed_config: {\"@type\": type.googleapis.com/xds.type.v3.TypedStruct,"
        + " type_url: type.googleapis.com/envoy.extensions.filters.http."
        + type
        + ", value: {}}}";
  }

  private static String upstream(String filters) {
    return "{name: f, typed_config: {"
        + TYPE
        + "http.router.v3.Router, upstream_http_filters: ["
        + filters
        + "]}}";
  }
}
