package myxds.conformance;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.ExtensionConfigSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.Lua;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;

/**
 * Resources that request others over ADS; the number in the config source is what an edit changes.
 */
final class Sourced {
  private Sourced() {}

  /** A listener with a certificate. */
  static Listener tlsListener(String name, String secret, int fetchTimeout) {
    var tls = CommonTlsContext.newBuilder();
    tls.addTlsCertificateSdsSecretConfigs(secret(secret, fetchTimeout));
    var context = DownstreamTlsContext.newBuilder().setCommonTlsContext(tls).build();
    return Sample.listener(name, 1).toBuilder()
        .setFilterChains(0, FilterChain.newBuilder().setTransportSocket(socket(Any.pack(context))))
        .build();
  }

  /** A listener with an HTTP filter. */
  static Listener filteredListener(String name, String filter, int fetchTimeout) {
    var discovery =
        ExtensionConfigSource.newBuilder()
            .setConfigSource(ads(fetchTimeout))
            .addTypeUrls(Any.pack(Lua.getDefaultInstance()).getTypeUrl());
    var manager =
        HttpConnectionManager.newBuilder()
            .setStatPrefix("http")
            .addHttpFilters(HttpFilter.newBuilder().setName(filter).setConfigDiscovery(discovery));
    var network = Filter.newBuilder().setName("http").setTypedConfig(Any.pack(manager.build()));
    return Sample.listener(name, 1).toBuilder()
        .setFilterChains(0, FilterChain.newBuilder().addFilters(network))
        .build();
  }

  /** A cluster with a certificate and an authority, beside its endpoints. */
  static Cluster tlsCluster(String name, String certificate, String authority, int fetchTimeout) {
    var tls =
        CommonTlsContext.newBuilder()
            .addTlsCertificateSdsSecretConfigs(secret(certificate, fetchTimeout))
            .setValidationContextSdsSecretConfig(secret(authority, fetchTimeout));
    var context = UpstreamTlsContext.newBuilder().setCommonTlsContext(tls).build();
    return Sample.cluster(name, 1).toBuilder()
        .setTransportSocket(socket(Any.pack(context)))
        .build();
  }

  /** An HTTP filter's configuration. */
  static TypedExtensionConfig filter(String name, String text) {
    var code = DataSource.newBuilder().setInlineString(text);
    return filter(name, Any.pack(Lua.newBuilder().setDefaultSourceCode(code).build()));
  }

  static TypedExtensionConfig filter(String name, Any config) {
    return TypedExtensionConfig.newBuilder().setName(name).setTypedConfig(config).build();
  }

  static SdsSecretConfig secret(String name, int fetchTimeout) {
    return SdsSecretConfig.newBuilder().setName(name).setSdsConfig(ads(fetchTimeout)).build();
  }

  private static ConfigSource ads(int fetchTimeout) {
    return ConfigSource.newBuilder()
        .setAds(AggregatedConfigSource.getDefaultInstance())
        .setInitialFetchTimeout(Durations.fromSeconds(fetchTimeout))
        .build();
  }

  private static TransportSocket socket(Any context) {
    return TransportSocket.newBuilder().setName("tls").setTypedConfig(context).build();
  }
}
