package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import myxds.discovery.engine.Rules;
import myxds.port.Connections;
import myxds.port.SocketAddresses;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * xDS over gRPC: the aggregated service and one for each type that the API has one for, state of
 * the world, delta and unary, with gRPC's health and reflection services.
 */
public final class XdsServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(XdsServer.class);

  /** A peer that does not answer a ping is dead; its streams would otherwise stay for ever. */
  private static final Duration PING_EVERY = Duration.ofSeconds(30);

  private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

  /** Requests are small: a fixed window spares each connection the pings that would size one. */
  private static final int REQUEST_WINDOW = 1 << 20;

  /**
   * A client may reset all of its streams once in this time, as Envoy does when it drops clusters.
   */
  private static final int RESETS_WINDOW_SECONDS = 10;

  private final Options options;
  private final HealthStatusManager health = new HealthStatusManager();
  private final EventLoops threads = EventLoops.open();
  private final Streams streams;
  private final ClientStatuses statuses;
  private final LibraryCallbacks callbacks;
  private final Server server;
  private volatile int port = -1;
  private volatile boolean closing;

  /**
   * How the server meets its clients.
   *
   * @param address where to listen; port 0 is any free one
   * @param connections counts and limits the port's connections
   * @param maxStreams how many streams a connection may have; further ones are refused
   * @param keepaliveMin clients that ping more often are sent away; Envoys ping every 30 s or so
   * @param maxRequestBytes a larger request ends its stream
   * @param maxConnectionAge older connections are told to come again, a tenth sooner or later; null
   *     for never
   * @param grace how long {@link #close} waits for streams to end by themselves
   * @param delivery how what is served reaches them
   */
  public record Options(
      InetSocketAddress address,
      Connections connections,
      int maxStreams,
      Duration keepaliveMin,
      int maxRequestBytes,
      @Nullable Duration maxConnectionAge,
      Duration grace,
      Delivery delivery) {}

  /**
   * How what is served reaches the clients.
   *
   * @param outboundBytes how many bytes may wait for clients that do not read, over all streams
   * @param stallPatience how long others wait for want of that room before the client that has not
   *     read for longest loses its stream
   */
  public record Delivery(Rules rules, long outboundBytes, Duration stallPatience) {

    public Delivery(Rules rules, long outboundBytes) {
      this(rules, outboundBytes, Duration.ofSeconds(10));
    }
  }

  public XdsServer(Options options, Assignment assignment, DiscoveryObserver observer) {
    this(options, assignment, observer, LibraryCallbacks.onClassPath());
  }

  XdsServer(
      Options options,
      Assignment assignment,
      DiscoveryObserver observer,
      LibraryCallbacks callbacks) {
    this.options = options;
    this.callbacks = callbacks;
    var safe = DiscoveryObserver.all(List.of(observer));
    this.streams = new Streams(threads, assignment, options.delivery, safe);
    var fetches = new FetchCalls(new Fetch(this::snapshot), safe, streams);
    var builder = builder();
    new DiscoveryServices(streams, fetches, options.maxRequestBytes)
        .definitions().stream().map(this::tapped).forEach(builder::addService);
    var rules = options.delivery.rules;
    this.statuses = new ClientStatuses(streams, assignment, rules.redaction());
    builder.addService(new ClientStatusService(statuses, rules.allNodes()).definition());
    this.server = builder.build();
  }

  /** From now on the group is served this; before and after {@link #start}. Never blocks. */
  public void publish(String group, GroupSnapshot snapshot) {
    streams.publish(group, snapshot);
  }

  /** Makes every stream of the group ask again which state it is served. Never blocks. */
  public void reassign(String group) {
    streams.reassign(group);
  }

  /** The groups of some nodes have changed. Never blocks. */
  public void regroup() {
    streams.regroup();
  }

  /** Offers again what these nodes refused. Never blocks. */
  public void retry(Predicate<Node> nodes) {
    streams.retry(nodes);
  }

  /**
   * Returns the status of all clients that are asked for (CSDS), without secrets.
   *
   * @throws IllegalArgumentException naming what of the request cannot be answered
   */
  public ClientStatusResponse clientStatus(ClientStatusRequest request) {
    return statuses.ask(request, null).join();
  }

  /** Bytes that wait now for clients to read, over all streams. */
  public long waitingBytes() {
    return streams.waitingBytes();
  }

  /** How many streams are open. */
  int streams() {
    return streams.ask(call -> call).join().size();
  }

  /** Returns the newest state of the node's group; empty when the group has nothing yet. */
  public Optional<GroupSnapshot> snapshot(Node node) {
    return Optional.ofNullable(streams.newest(streams.group(node)));
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
      throw new IOException(
          "cannot listen on " + SocketAddresses.text(options.address) + " for gRPC", e);
    }
    port = server.getPort();
    options.connections.start();
    if (!EventLoops.isNative()) {
      log.atWarn().log("serves without epoll, at two to three times the cost");
    }
    return port;
  }

  /** Tells early what {@link #start} would stumble over. */
  public void ensureFree() throws IOException {
    SocketAddresses.ensureFree(options.address);
  }

  /** The port that it listens on; -1 before it does. */
  public int port() {
    return port;
  }

  /** Envoys keep their streams for ever, so they are told to go, and ended after the grace time. */
  @Override
  public void close() {
    closing = true;
    options.connections.close();
    options.connections.closeSilent();
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
    threads.close();
    callbacks.close();
  }

  private ServerServiceDefinition tapped(ServerServiceDefinition service) {
    return callbacks.isEmpty()
        ? service
        : ServerInterceptors.intercept(service, new CallbackTap(callbacks));
  }

  private ServerChannel listening() {
    var channel = EventLoops.serverChannel();
    channel.pipeline().addLast(new Doorman(options.connections));
    var unused = channel.closeFuture().addListener(end -> socketClosed());
    return channel;
  }

  private void socketClosed() {
    if (port >= 0 && !closing) {
      options.connections.failed("the listening socket was closed");
    }
  }

  /** gRPC cuts such a request off without a word, so that a smaller one can be told why. */
  private int hardLimit() {
    return (int) Math.min(2L * options.maxRequestBytes, Integer.MAX_VALUE);
  }

  private NettyServerBuilder builder() {
    var builder =
        NettyServerBuilder.forAddress(options.address)
            .bossEventLoopGroup(threads.boss())
            .workerEventLoopGroup(threads.workers())
            .channelFactory(this::listening)
            .maxConcurrentCallsPerConnection(options.maxStreams)
            .maxRstFramesPerWindow(options.maxStreams, RESETS_WINDOW_SECONDS)
            .intercept(new InUse(threads))
            .directExecutor()
            .permitKeepAliveTime(options.keepaliveMin.toNanos(), TimeUnit.NANOSECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(PING_EVERY.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(PING_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .maxInboundMessageSize(hardLimit())
            .flowControlWindow(REQUEST_WINDOW)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance());
    if (options.maxConnectionAge != null) {
      builder
          .maxConnectionAge(options.maxConnectionAge.toNanos(), TimeUnit.NANOSECONDS)
          .maxConnectionAgeGrace(options.grace.toNanos(), TimeUnit.NANOSECONDS);
    }
    return builder;
  }
}
