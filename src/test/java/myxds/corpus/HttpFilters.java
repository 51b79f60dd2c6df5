package myxds.corpus;

import java.util.List;
import java.util.function.Supplier;

/** One of each of the filters that stand before the router, under names of their own. */
final class HttpFilters {
  private HttpFilters() {}

  /**
   * @param cluster the name of one that exists
   */
  static List<String> all(Supplier<String> cluster) {
    var grpc = "grpc_service: {envoy_grpc: {cluster_name: %s}}".formatted(cluster.get());
    return List.of(
        filter("cors", "cors.v3.Cors", ""),
        filter("fault", "fault.v3.HTTPFault", "abort: {http_status: 503, percentage: {}}"),
        filter(
            "limit",
            "local_ratelimit.v3.LocalRateLimit",
            "stat_prefix: l, token_bucket: {max_tokens: 5, fill_interval: 1s}"),
        filter("authz", "ext_authz.v3.ExtAuthz", grpc),
        filter(
            "authz-http",
            "ext_authz.v3.ExtAuthz",
            "http_service: {server_uri: {uri: http://a, cluster: %s, timeout: 1s}}"
                .formatted(cluster.get())),
        filter(
            "ratelimit",
            "ratelimit.v3.RateLimit",
            "domain: d, rate_limit_service: {transport_api_version: V3, " + grpc + "}"),
        filter("proc", "ext_proc.v3.ExternalProcessor", grpc),
        filter(
            "lua",
            "lua.v3.Lua",
            "default_source_code: {inline_string: \"function envoy_on_request(h) end\"}"),
        filter("buffer", "buffer.v3.Buffer", "max_request_bytes: 1024"),
        filter(
            "compressor",
            "compressor.v3.Compressor",
            "compressor_library: {name: gzip, typed_config: {\"@type\":"
                + " type.googleapis.com/envoy.extensions.compression.gzip.compressor.v3.Gzip}}"),
        filter(
            "to-metadata",
            "header_to_metadata.v3.Config",
            "request_rules: [{header: x-v, on_header_present: {metadata_namespace: n, key: k}}]"),
        filter(
            "rbac",
            "rbac.v3.RBAC",
            "rules: {action: DENY, policies: {p: {permissions: [{any: true}], principals: [{header:"
                + " {name: x-bad, present_match: true}}]}}}"),
        filter(
            "jwt",
            "jwt_authn.v3.JwtAuthentication",
            "providers: {p: {issuer: i, remote_jwks: {http_uri: {uri: http://a/k, cluster: %s,"
                    .formatted(cluster.get())
                + " timeout: 1s}}}}, rules: [{match: {prefix: /}, requires: {provider_name: p}}]"),
        filter("on-demand", "on_demand.v3.OnDemand", ""),
        "{name: ecds, config_discovery: {config_source: {ads: {}}, type_urls:"
            + " [type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault]}}");
  }

  private static String filter(String name, String type, String fields) {
    return "{name: %s, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters.http.%s%s}}"
        .formatted(name, type, fields.isEmpty() ? "" : ", " + fields);
  }
}
