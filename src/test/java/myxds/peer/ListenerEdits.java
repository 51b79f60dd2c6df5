package myxds.peer;

import java.util.List;
import java.util.Map;

/** Edits of a listener: one for each of its fields, and those where a field alone does not tell. */
final class ListenerEdits {
  private static final String TYPE = "\"@type\": type.googleapis.com/";
  private static final String ECHO =
      "{name: echo, typed_config: {" + TYPE + "envoy.extensions.filters.network.echo.v3.Echo}}";
  private static final String OTHER =
      "{name: other, typed_config: {"
          + TYPE
          + "envoy.extensions.filters.network.direct_response.v3.Config}}";
  private static final String TYPED = TYPE + "envoy.config.listener.v3.Listener";
  private static final String ADDRESS =
      "address: {socket_address: {address: 127.0.0.1, port_value: PORT}}";
  private static final String UDP = ADDRESS.replace("port_value", "protocol: UDP, port_value");
  private static final String CHAIN = "filter_chains: [{name: a, filters: [%s]}]".formatted(ECHO);
  private static final String TWO_CHAINS =
      "filter_chains: [{name: a, filters: [%s]}, {name: b, filter_chain_match: {server_names: [b]}, filters: [%s]}]"
          .formatted(ECHO, ECHO);
  private static final String INSPECT_TLS =
      "{name: tls, typed_config: {"
          + TYPE
          + "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector}}";
  private static final String INSPECT_HTTP =
      "{name: http, typed_config: {"
          + TYPE
          + "envoy.extensions.filters.listener.http_inspector.v3.HttpInspector}}";
  private static final String LOG =
      "{name: %s, typed_config: {"
          + TYPE
          + "envoy.extensions.access_loggers.stream.v3.StderrAccessLog}}";
  private static final String MATCHER =
      """
      filter_chain_matcher:
        on_no_match:
          action: {name: any, typed_config: {%sgoogle.protobuf.StringValue, value: a}}
      """
          .formatted(TYPE);
  private static final String LINGER = "{level: 1, name: 9, int_value: 1, state: STATE_BOUND}";

  private ListenerEdits() {}

  /**
   * An edit of a listener that has one filter chain, unless it says otherwise.
   *
   * @param name the field; with more words, the case of it
   */
  record Edit(String name, String before, String after) {
    String field() {
      return name.split(" ", -1)[0];
    }
  }

  /** Fields that are not edited here, and why. */
  static final Map<String, String> LEFT_OUT =
      Map.of(
          "name", "another name is another listener",
          "reuse_port", "deprecated: Envoy 1.40 wants enable_reuse_port",
          "deprecated_v1", "the same as bind_to_port",
          "api_listener", "for clients that embed Envoy, not served by LDS",
          "internal_listener", "instead of an address: seldom an edit of the same listener");

  /** A listener with these fields and, if they have none, an address. */
  static String listener(String fields, int port) {
    var address = fields.startsWith("address:") ? "" : ADDRESS;
    return String.join("\n", TYPED, "name: edited", address, fields, "")
        .replace("PORT", Integer.toString(port));
  }

  static List<Edit> all() {
    return List.of(
        whole("filter_chains, one changed", CHAIN, CHAIN.replace(ECHO, OTHER)),
        whole("filter_chains, one more", CHAIN, TWO_CHAINS),
        whole("filter_chains, one less", TWO_CHAINS, CHAIN),
        whole(
            "filter_chains, none is left",
            CHAIN + "\ndefault_filter_chain: {filters: [" + ECHO + "]}",
            "default_filter_chain: {filters: [" + ECHO + "]}"),
        edit("default_filter_chain", "", "default_filter_chain: {filters: [" + ECHO + "]}"),
        edit("default_filter_chain gone", "default_filter_chain: {filters: [" + ECHO + "]}", ""),
        edit("filter_chain_matcher", "", MATCHER),
        whole(
            "udp_listener_config",
            UDP,
            UDP
                + "\n"
                + "udp_listener_config: {downstream_socket_config: {max_rx_datagram_size:"
                + " 9000}}"),
        edit("enable_mptcp", "", "enable_mptcp: true"),
        whole(
            "filter_chains use_proxy_proto",
            CHAIN,
            CHAIN.replace("filters:", "use_proxy_proto: true, filters:")),
        edit("stat_prefix", "stat_prefix: one", "stat_prefix: two"),
        edit("use_original_dst", "", "use_original_dst: true"),
        edit("per_connection_buffer_limit_bytes", "", "per_connection_buffer_limit_bytes: 4096"),
        edit("metadata", "", "metadata: {filter_metadata: {a: {b: c}}}"),
        edit("metadata set to nothing", "", "metadata: {}"),
        edit("drain_type", "", "drain_type: MODIFY_ONLY"),
        edit("listener_filters", "", "listener_filters: [" + INSPECT_TLS + "]"),
        edit(
            "listener_filters in another order",
            "listener_filters: [" + INSPECT_TLS + ", " + INSPECT_HTTP + "]",
            "listener_filters: [" + INSPECT_HTTP + ", " + INSPECT_TLS + "]"),
        edit("listener_filters_timeout", "", "listener_filters_timeout: 3s"),
        edit(
            "continue_on_listener_filters_timeout",
            "",
            "continue_on_listener_filters_timeout: true"),
        edit("transparent set to false", "", "transparent: false"),
        edit("freebind", "", "freebind: true"),
        edit("socket_options", "", "socket_options: [" + LINGER + "]"),
        edit(
            "socket_options without enable_reuse_port",
            "enable_reuse_port: false",
            "enable_reuse_port: false\nsocket_options: [" + LINGER + "]"),
        whole(
            "socket_options and address without enable_reuse_port",
            ADDRESS + "\nenable_reuse_port: false\n" + CHAIN,
            ADDRESS.replace("127.0.0.1", "127.0.0.2")
                + "\nenable_reuse_port: false\nsocket_options: ["
                + LINGER
                + "]\n"
                + CHAIN),
        edit("tcp_fast_open_queue_length", "", "tcp_fast_open_queue_length: 5"),
        edit("traffic_direction", "", "traffic_direction: INBOUND"),
        edit("connection_balance_config", "", "connection_balance_config: {exact_balance: {}}"),
        edit("enable_reuse_port off", "", "enable_reuse_port: false"),
        edit("enable_reuse_port on", "enable_reuse_port: false", ""),
        edit("enable_reuse_port as it is", "", "enable_reuse_port: true"),
        edit("access_log", "", "access_log: [" + LOG.formatted("a") + "]"),
        edit(
            "access_log in another order",
            "access_log: [" + LOG.formatted("a") + ", " + LOG.formatted("b") + "]",
            "access_log: [" + LOG.formatted("b") + ", " + LOG.formatted("a") + "]"),
        edit("tcp_backlog_size", "", "tcp_backlog_size: 17"),
        edit(
            "max_connections_to_accept_per_socket_event",
            "",
            "max_connections_to_accept_per_socket_event: 3"),
        edit("bind_to_port", "", "bind_to_port: false"),
        edit("ignore_global_conn_limit", "", "ignore_global_conn_limit: true"),
        edit("bypass_overload_manager", "", "bypass_overload_manager: true"),
        edit(
            "additional_addresses",
            "",
            "additional_addresses: [{address: {socket_address: {address: 127.0.0.2, port_value:"
                + " PORT}}}]"),
        whole(
            "address of another host",
            ADDRESS + "\n" + CHAIN,
            ADDRESS.replace("127.0.0.1", "127.0.0.2") + "\n" + CHAIN),
        whole(
            "address of all hosts",
            ADDRESS + "\n" + CHAIN,
            ADDRESS.replace("127.0.0.1", "0.0.0.0") + "\n" + CHAIN),
        whole(
            "address of all hosts without enable_reuse_port",
            ADDRESS + "\nenable_reuse_port: false\n" + CHAIN,
            ADDRESS.replace("127.0.0.1", "0.0.0.0") + "\nenable_reuse_port: false\n" + CHAIN),
        whole(
            "address of one host without enable_reuse_port",
            ADDRESS.replace("127.0.0.1", "0.0.0.0") + "\nenable_reuse_port: false\n" + CHAIN,
            ADDRESS + "\nenable_reuse_port: false\n" + CHAIN),
        whole(
            "address of another host without enable_reuse_port",
            ADDRESS + "\nenable_reuse_port: false\n" + CHAIN,
            ADDRESS.replace("127.0.0.1", "127.0.0.2") + "\nenable_reuse_port: false\n" + CHAIN));
  }

  private static Edit edit(String name, String before, String after) {
    return whole(name, CHAIN + "\n" + before, CHAIN + "\n" + after);
  }

  private static Edit whole(String name, String before, String after) {
    return new Edit(name.replace(",", ""), before, after);
  }
}
