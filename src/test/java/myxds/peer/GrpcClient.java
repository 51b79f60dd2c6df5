package myxds.peer;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.xds.XdsNameResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * grpc-java's own xDS client, in a channel to a service: it asks for everything by name and tells
 * its node only once.
 */
final class GrpcClient implements AutoCloseable {
  /** Its node, and so the group that it is served. */
  static final String NODE = "grpc-client";

  /** The longest that a call waits for a configuration. */
  private static final int PATIENCE_SECONDS = 30;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final NameResolverProvider resolver;
  private final ManagedChannel channel;

  private GrpcClient(NameResolverProvider resolver, ManagedChannel channel) {
    this.resolver = resolver;
    this.channel = channel;
  }

  /** A channel to the service of this name, by what the server on this port says of it. */
  static GrpcClient of(String service, int xdsPort) {
    // Each its own: clients of one scheme share a stream.
    var scheme = "xds-test-" + NUMBER.incrementAndGet();
    var resolver = XdsNameResolverProvider.createForTest(scheme, bootstrap(xdsPort));
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    var target = scheme + ":///" + service;
    return new GrpcClient(
        resolver, Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build());
  }

  /** Begins to ask for the service's configuration. */
  void connect() {
    var unused = channel.getState(true);
  }

  /** How the backend says that it is, or why there is no backend. */
  String call() {
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus()
          .name();
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() + ": " + e.getStatus().getDescription();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    NameResolverRegistry.getDefaultRegistry().deregister(resolver);
  }

  private static Map<String, ?> bootstrap(int xdsPort) {
    return Map.of(
        "node",
        Map.of("id", NODE),
        "xds_servers",
        List.of(
            Map.of(
                "server_uri",
                "127.0.0.1:" + xdsPort,
                "channel_creds",
                List.of(Map.of("type", "insecure")),
                "server_features",
                List.of("xds_v3"))));
  }
}
