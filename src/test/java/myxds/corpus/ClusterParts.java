package myxds.corpus;

import java.util.List;
import java.util.stream.Collectors;

/** What a cluster has beside its name. */
final class ClusterParts {
  private ClusterParts() {}

  static String upstreamTls() {
    return "transport_socket: {name: tls, typed_config: "
        + Chance.any(
            "transport_sockets.tls.v3.UpstreamTlsContext",
            "sni: a.example, common_tls_context: {validation_context_sds_secret_config: {name: ca,"
                + " sds_config: {ads: {}}}}")
        + "}";
  }

  static String protocols() {
    return "typed_extension_protocol_options:"
        + " {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: "
        + Chance.any(
            "upstreams.http.v3.HttpProtocolOptions",
            "explicit_http_config: {http2_protocol_options: {max_concurrent_streams: 10}}")
        + "}";
  }

  static String assignment(String name, String... hosts) {
    var endpoints =
        List.of(hosts).stream()
            .map(host ->
                "{endpoint: {address: {socket_address: {address: %s, port_value: 80}}}}"
                    .formatted(host))
            .collect(Collectors.joining(", "));
    return "cluster_name: %s, endpoints: [{lb_endpoints: [%s]}]".formatted(name, endpoints);
  }
}
