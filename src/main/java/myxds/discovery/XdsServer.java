package myxds.discovery;

import io.envoyproxy.controlplane.cache.ConfigWatcher;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * xDS over gRPC: ADS, CDS, EDS, LDS, RDS and SDS, state of the world and delta, with gRPC's health
 * and reflection services.
 */
public final class XdsServer implements AutoCloseable {
  /** A peer that does not answer a ping is dead; its streams would otherwise stay for ever. */
  private static final Duration PING_EVERY = Duration.ofSeconds(30);

  private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

  private final Options options;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Server server;
  private volatile int port = -1;

  /**
   * What the server needs to know.
   *
   * @param address where to listen; port 0 is any free one
   * @param keepaliveMin clients that ping more often are sent away; Envoys ping every 30 s or so
   * @param maxRequestBytes a larger request ends its stream
   * @param grace how long {@link #close} waits for streams to end by themselves
   */
  public record Options(
      InetSocketAddress address, Duration keepaliveMin, int maxRequestBytes, Duration grace) {}

  public XdsServer(Options options, ConfigWatcher snapshots, DiscoveryObserver observer) {
    this.options = options;
    var builder =
        NettyServerBuilder.forAddress(options.address)
            .directExecutor()
            .permitKeepAliveTime(options.keepaliveMin.toNanos(), TimeUnit.NANOSECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(PING_EVERY.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(PING_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .maxInboundMessageSize(options.maxRequestBytes)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance());
    discovery(snapshots, observer).forEach(builder::addService);
    this.server = builder.build();
  }

  /**
   * Listens.
   *
   * @return the port
   * @throws IOException naming the address if it cannot be had
   */
  public int start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException("cannot listen on " + Addresses.text(options.address) + " for gRPC", e);
    }
    port = server.getPort();
    return port;
  }

  /** Tells early what {@link #start} would stumble over. */
  public void ensureFree() throws IOException {
    Addresses.ensureFree(options.address);
  }

  /** The port that it listens on; -1 before it does. */
  public int port() {
    return port;
  }

  /** Envoys keep their streams for ever, so they are told to go, and ended after the grace time. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(options.grace.toNanos(), TimeUnit.NANOSECONDS)) {
        server.shutdownNow();
        server.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static List<ServerServiceDefinition> discovery(
      ConfigWatcher snapshots, DiscoveryObserver observer) {
    var library = new V3DiscoveryServer(List.of(), snapshots);
    var interceptor = new StreamInterceptor(DiscoveryObserver.all(List.of(observer)));
    return Stream.<BindableService>of(
            library.getAggregatedDiscoveryServiceImpl(),
            library.getClusterDiscoveryServiceImpl(),
            library.getEndpointDiscoveryServiceImpl(),
            library.getListenerDiscoveryServiceImpl(),
            library.getRouteDiscoveryServiceImpl(),
            library.getSecretDiscoveryServiceImpl())
        .map(service -> ServerInterceptors.intercept(service, interceptor))
        .toList();
  }
}
