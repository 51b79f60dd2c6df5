package myxds.peer;

import static myxds.peer.ConflictRow.Verdict.ACCEPTED;
import static myxds.peer.ConflictRow.Verdict.BROKEN;
import static myxds.peer.ConflictRow.Verdict.REFUSED;
import static myxds.peer.ConflictRow.Verdict.USELESS;

import java.util.List;
import myxds.peer.ConflictRow.Verdict;

/** Listeners, their chains and network filters. */
final class ConflictRows {
  static final String TYPE = "\"@type\": type.googleapis.com/envoy.extensions.filters.";
  private static final String TCP =
      "{name: t, typed_config: {"
          + TYPE
          + "network.tcp_proxy.v3.TcpProxy, stat_prefix: t,"
          + " cluster: c}}";
  private static final String RBAC =
      "{name: r, typed_config: {" + TYPE + "network.rbac.v3.RBAC, stat_prefix: r}}";
  private static final String ADDRESS = "{socket_address: {address: 127.0.0.1, port_value: 80}}";

  private ConflictRows() {}

  static List<ConflictRow> all() {
    return List.of(
        pair("one address twice", REFUSED, ip("127.0.0.1"), ip("127.0.0.1")),
        pair("an address and all", ACCEPTED, ip("0.0.0.0"), ip("127.0.0.1")),
        pair(
            "an address and all, one port not reused",
            BROKEN,
            ip("0.0.0.0") + ", enable_reuse_port: false",
            ip("127.0.0.1")),
        pair("both families", ACCEPTED, ip("\"::\", ipv4_compat: true"), ip("0.0.0.0")),
        pair(
            "both families, port not reused",
            BROKEN,
            ip("\"::\", ipv4_compat: true") + ", enable_reuse_port: false",
            ip("0.0.0.0")),
        pair(
            "two families, port not reused",
            ACCEPTED,
            ip("\"::\"") + ", enable_reuse_port: false",
            ip("0.0.0.0")),
        pair("IPv6 for both or not", REFUSED, ip("\"::\", ipv4_compat: true"), ip("\"::\"")),
        pair("spellings of an address", REFUSED, ip("\"::1\""), ip("\"0:0:0:0:0:0:0:1\"")),
        pair(
            "one of two not bound",
            REFUSED,
            ip("127.0.0.1") + ", bind_to_port: false",
            ip("127.0.0.1")),
        pair("port 0 twice", ACCEPTED, port0(""), port0("")),
        pair(
            "port 0 twice, not bound",
            REFUSED,
            port0(", bind_to_port: false"),
            port0(", bind_to_port: false")),
        pair(
            "a pipe twice",
            REFUSED,
            "address: {pipe: {path: /tmp/p}}",
            "address: {pipe: {path: /tmp/p}}"),
        pair(
            "an additional address twice",
            REFUSED,
            "address: {pipe: {path: /tmp/p}}, additional_addresses: [{address: " + ADDRESS + "}]",
            "address: " + ADDRESS),
        pair(
            "network namespaces",
            ACCEPTED,
            ip("127.0.0.1, network_namespace_filepath: /a"),
            ip("127.0.0.1, network_namespace_filepath: /b")),
        listener(
            "its own address again",
            USELESS,
            "filter_chains: [{filters: ["
                + TCP
                + "]}], additional_addresses: [{address: "
                + ADDRESS
                + "}]"),
        listener("no chains", REFUSED, "name: l"),
        ConflictRow.listeners(
            "no address", REFUSED, "{name: l, filter_chains: [{filters: [" + TCP + "]}]}"),
        listener(
            "only a default chain", ACCEPTED, "default_filter_chain: {filters: [" + TCP + "]}"),
        listener("an empty chain", USELESS, "filter_chains: [{filters: []}]"),
        chains("chains without a match", REFUSED, "", ""),
        chains("an empty match and none", REFUSED, "", match("")),
        chains("a source of any type", REFUSED, match("source_type: ANY"), ""),
        chains(
            "one server name",
            REFUSED,
            match("server_names: [a.com]"),
            match("server_names: [a.com]")),
        chains(
            "server names by case",
            REFUSED,
            match("server_names: [a.com]"),
            match("server_names: [A.com]")),
        chains(
            "server names in common",
            REFUSED,
            match("server_names: [a.com, b.com]"),
            match("server_names: [b.com]")),
        chains(
            "a server name twice",
            REFUSED,
            match("server_names: [a.com, a.com]"),
            match("destination_port: 1")),
        chains(
            "wildcards by spelling",
            REFUSED,
            match("server_names: [\"*.com\"]"),
            match("server_names: [.com]")),
        chains(
            "a wildcard and its like",
            ACCEPTED,
            match("server_names: [\"*.a.com\"]"),
            match("server_names: [b.a.com]")),
        chains("a partial wildcard", REFUSED, match("server_names: [a.*.com]"), ""),
        chains("a bare wildcard", REFUSED, match("server_names: [\"*\"]"), ""),
        chains("an empty server name", REFUSED, match("server_names: [\"\"]"), ""),
        chains("ranges with host bits", REFUSED, range("10.0.0.1", 8), range("10.0.0.2", 8)),
        chains("a range in a range", ACCEPTED, range("10.0.0.0", 8), range("10.0.0.0", 9)),
        chains("the range of all", ACCEPTED, range("0.0.0.0", 0), ""),
        chains("all of each family", ACCEPTED, range("0.0.0.0", 0), range("::", 0)),
        chains("a range by spelling", REFUSED, range("::1", 128), range("0:0:0:0:0:0:0:1", 128)),
        chains(
            "a range of IPv4 in IPv6",
            ACCEPTED,
            range("::ffff:10.0.0.0", 104),
            range("10.0.0.0", 8)),
        chains("a range too long", REFUSED, range("10.0.0.0", 33), range("10.0.0.0", 32)),
        chains(
            "ports in common", REFUSED, match("source_ports: [1, 2]"), match("source_ports: [2]")),
        chains(
            "a destination port",
            REFUSED,
            match("destination_port: 1"),
            match("destination_port: 1")),
        chains(
            "destination ports",
            ACCEPTED,
            match("destination_port: 1"),
            match("destination_port: 2")),
        chains(
            "protocols in common",
            REFUSED,
            match("application_protocols: [h2, x]"),
            match("application_protocols: [h2]")),
        chains(
            "protocols by case",
            ACCEPTED,
            match("application_protocols: [h2]"),
            match("application_protocols: [H2]")),
        chains(
            "transports by case",
            ACCEPTED,
            match("transport_protocol: tls"),
            match("transport_protocol: TLS")),
        chains(
            "kinds of source",
            ACCEPTED,
            match("source_type: EXTERNAL"),
            match("source_type: SAME_IP_OR_LOOPBACK")),
        chains(
            "more and less",
            ACCEPTED,
            match("destination_port: 1, server_names: [a.com]"),
            match("destination_port: 1")),
        chains("what Envoy has not", REFUSED, match("suffix_len: 1"), ""),
        chains(
            "names twice",
            USELESS,
            match("destination_port: 1") + ", name: x",
            match("destination_port: 2") + ", name: x"),
        matched("a matcher and names", ACCEPTED, "name: x", "name: z"),
        matched("a matcher and a name twice", REFUSED, "name: x", "name: x"),
        matched(
            "a matcher and no name", REFUSED, "name: x", "transport_socket_connect_timeout: 1s"),
        network("a proxy alone", ACCEPTED, TCP),
        network("a proxy not last", REFUSED, TCP + ", " + RBAC),
        network("two proxies", REFUSED, TCP + ", " + TCP),
        network(
            "nothing that ends it",
            REFUSED,
            "{name: s, typed_config: {" + TYPE + "network.sni_cluster.v3.SniCluster}}"));
  }

  private static ConflictRow pair(String name, Verdict verdict, String first, String second) {
    var chain = ", filter_chains: [{filters: [" + TCP + "]}]}";
    return ConflictRow.listeners(
        name, verdict, "{name: l, " + first + chain + ", {name: m, " + second + chain);
  }

  private static String ip(String address) {
    return "address: {socket_address: {port_value: 80, address: " + address + "}}";
  }

  private static String port0(String rest) {
    return "address: {socket_address: {address: 127.0.0.1, port_value: 0}}" + rest;
  }

  private static ConflictRow listener(String name, Verdict verdict, String fields) {
    var named = fields.startsWith("name") ? fields : "name: l, " + fields;
    return ConflictRow.listeners(name, verdict, "{address: " + ADDRESS + ", " + named + "}");
  }

  private static ConflictRow chains(String name, Verdict verdict, String first, String second) {
    return listener(name, verdict, "filter_chains: [" + chain(first) + ", " + chain(second) + "]");
  }

  private static String chain(String fields) {
    return "{filters: [" + TCP + "]" + (fields.isEmpty() ? "" : ", " + fields) + "}";
  }

  private static String match(String fields) {
    return "filter_chain_match: {" + fields + "}";
  }

  private static String range(String address, int bits) {
    return match(
        "prefix_ranges: [{address_prefix: \"%s\", prefix_len: %d}]".formatted(address, bits));
  }

  private static ConflictRow matched(String name, Verdict verdict, String first, String second) {
    return listener(
        name,
        verdict,
        "filter_chains: ["
            + chain(first)
            + ", "
            + chain(second)
            + "], filter_chain_matcher:"
            + " {on_no_match: {action: {name: x, typed_config: {\"@type\":"
            + " type.googleapis.com/google.protobuf.StringValue, value: x}}}}");
  }

  static ConflictRow network(String name, Verdict verdict, String filters) {
    return listener(name, verdict, "filter_chains: [{filters: [" + filters + "]}]");
  }
}
