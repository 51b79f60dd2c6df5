package myxds.gate.conflict;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which filters end a chain, and which surely do not, by the messages that configure them. Each was
 * tried on Envoy 1.40; of what is in neither set nothing is said.
 *
 * @param ending the terminal ones: nothing may come after them
 * @param passing those that need another after them
 */
record FilterKinds(Set<String> ending, Set<String> passing) {

  static final FilterKinds NETWORK =
      new FilterKinds(
          names(
              "network",
              """
              direct_response.v3.Config echo.v3.Echo
              http_connection_manager.v3.HttpConnectionManager redis_proxy.v3.RedisProxy
              tcp_proxy.v3.TcpProxy thrift_proxy.v3.ThriftProxy\
              """),
          names(
              "network",
              """
              connection_limit.v3.ConnectionLimit ext_authz.v3.ExtAuthz
              local_ratelimit.v3.LocalRateLimit mongo_proxy.v3.MongoProxy ratelimit.v3.RateLimit
              rbac.v3.RBAC set_filter_state.v3.Config sni_cluster.v3.SniCluster
              sni_dynamic_forward_proxy.v3.FilterConfig wasm.v3.Wasm
              zookeeper_proxy.v3.ZooKeeperProxy\
              """));

  private static final Set<String> PASSING_HTTP =
      names(
          "http",
          """
          adaptive_concurrency.v3.AdaptiveConcurrency alternate_protocols_cache.v3.FilterConfig
          aws_lambda.v3.Config bandwidth_limit.v3.BandwidthLimit basic_auth.v3.BasicAuth
          buffer.v3.Buffer composite.v3.Composite compressor.v3.Compressor cors.v3.Cors
          csrf.v3.CsrfPolicy decompressor.v3.Decompressor dynamic_forward_proxy.v3.FilterConfig
          ext_authz.v3.ExtAuthz ext_proc.v3.ExternalProcessor fault.v3.HTTPFault
          gcp_authn.v3.GcpAuthnFilterConfig grpc_http1_bridge.v3.Config grpc_stats.v3.FilterConfig
          grpc_web.v3.GrpcWeb header_mutation.v3.HeaderMutation header_to_metadata.v3.Config
          health_check.v3.HealthCheck json_to_metadata.v3.JsonToMetadata
          jwt_authn.v3.JwtAuthentication local_ratelimit.v3.LocalRateLimit lua.v3.Lua
          oauth2.v3.OAuth2 on_demand.v3.OnDemand original_src.v3.OriginalSrc
          ratelimit.v3.RateLimit rbac.v3.RBAC set_filter_state.v3.Config set_metadata.v3.Config
          stateful_session.v3.StatefulSession\
          """);

  static final FilterKinds HTTP = new FilterKinds(names("http", "router.v3.Router"), PASSING_HTTP);

  /** Of the filters between the router and a cluster. */
  static final FilterKinds UPSTREAM =
      new FilterKinds(names("http", "upstream_codec.v3.UpstreamCodec"), PASSING_HTTP);

  private static Set<String> names(String kind, String names) {
    return Arrays.stream(names.split("\\s+"))
        .map(name -> "envoy.extensions.filters." + kind + "." + name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
