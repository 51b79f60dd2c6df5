package myxds.discovery.engine;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.ExtensionConfigSource;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.HashSet;
import java.util.Set;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;

/**
 * How a resource of the model's world asks for others, and how its client finds that out.
 *
 * @param other the end of the names of the secret and of the filter
 * @param edition what makes the config source's bytes another
 * @param ads whether the stream itself is asked
 */
record Sources(String other, int edition, boolean ads) {
  static final Sources NONE = new Sources("", 0, true);

  Cluster cluster(String name, int version) {
    var endpoints = Cluster.EdsClusterConfig.newBuilder().setEdsConfig(source());
    var cluster =
        Cluster.newBuilder()
            .setName(name)
            .setAltStatName("v" + version)
            .setType(Cluster.DiscoveryType.EDS)
            .setEdsClusterConfig(endpoints);
    return other.isEmpty()
        ? cluster.build()
        : cluster.setMetadata(holding("secret", secret())).build();
  }

  Listener listener(String name, RouteConfiguration inline) {
    var metadata = holding("route", inline).toBuilder();
    if (!other.isEmpty()) {
      metadata.mergeFrom(holding("secret", secret())).mergeFrom(discovered());
    }
    return Listener.newBuilder().setName(name).setMetadata(metadata).build();
  }

  TypedExtensionConfig filter(String name, int version) {
    var config =
        other.isEmpty()
            ? Any.pack(DataSource.newBuilder().setInlineString("v" + version).build())
            : Any.pack(secret());
    return TypedExtensionConfig.newBuilder().setName(name).setTypedConfig(config).build();
  }

  static Secret secret(String name, int version) {
    var text = DataSource.newBuilder().setInlineString("v" + version);
    return Secret.newBuilder()
        .setName(name)
        .setGenericSecret(GenericSecret.newBuilder().setSecret(text))
        .build();
  }

  private static Metadata holding(String key, Message message) {
    return Metadata.newBuilder().putTypedFilterMetadata(key, Any.pack(message)).build();
  }

  /** Something that requests the filter. */
  Metadata discovered() {
    var discovery = ExtensionConfigSource.newBuilder().setConfigSource(source());
    var filter = HttpFilter.newBuilder().setName("filter-" + other).setConfigDiscovery(discovery);
    return holding("filter", filter.build());
  }

  private SdsSecretConfig secret() {
    return SdsSecretConfig.newBuilder().setName("secret-" + other).setSdsConfig(source()).build();
  }

  private ConfigSource source() {
    var source = ConfigSource.newBuilder().setInitialFetchTimeout(Durations.fromSeconds(edition));
    return ads
        ? source.setAds(AggregatedConfigSource.getDefaultInstance()).build()
        : source
            .setApiConfigSource(ApiConfigSource.newBuilder().addClusterNames("elsewhere"))
            .build();
  }

  /** What a client asks for, on the stream on which it got this resource. */
  static Set<ResourceId> references(ResourceType type, ByteString content)
      throws InvalidProtocolBufferException {
    var found = new HashSet<ResourceId>();
    if (type.equals(ResourceType.CLUSTER)) {
      var cluster = Cluster.parseFrom(content);
      if (cluster.getEdsClusterConfig().getEdsConfig().hasAds()) {
        found.add(new ResourceId(ResourceType.ENDPOINT, cluster.getName()));
      }
      held(cluster.getMetadata(), found);
    } else if (type.equals(ResourceType.LISTENER)) {
      held(Listener.parseFrom(content).getMetadata(), found);
    } else if (type.equals(ResourceType.EXTENSION_CONFIG)) {
      unpacked(TypedExtensionConfig.parseFrom(content).getTypedConfig(), found);
    }
    return found;
  }

  private static void held(Metadata metadata, Set<ResourceId> found)
      throws InvalidProtocolBufferException {
    for (var any : metadata.getTypedFilterMetadataMap().values()) {
      unpacked(any, found);
    }
  }

  private static void unpacked(Any any, Set<ResourceId> found)
      throws InvalidProtocolBufferException {
    if (any.is(SdsSecretConfig.class)) {
      var secret = any.unpack(SdsSecretConfig.class);
      if (secret.getSdsConfig().hasAds()) {
        found.add(new ResourceId(ResourceType.SECRET, secret.getName()));
      }
    } else if (any.is(HttpFilter.class)) {
      var filter = any.unpack(HttpFilter.class);
      if (filter.getConfigDiscovery().getConfigSource().hasAds()) {
        found.add(new ResourceId(ResourceType.EXTENSION_CONFIG, filter.getName()));
      }
    }
  }
}
