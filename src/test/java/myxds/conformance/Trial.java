package myxds.conformance;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import myxds.resource.Delivery;
import myxds.resource.Origin;
import myxds.resource.Resource;
import myxds.resource.ResourceId;

/** One row against one server: a node id of its own, and the streams that the row opens. */
final class Trial implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int LARGEST_RESPONSE = 256 * 1024 * 1024;

  final Subject subject;
  final Node node;
  private final ManagedChannel channel;
  private boolean hasBarriers;

  Trial(Subject subject) {
    this.subject = subject;
    var id = "trial-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    this.node = Node.newBuilder().setId(id).setCluster("conformance").build();
    this.channel = channel(subject.host(), subject.port());
  }

  /** A channel that is connected, so that what a row waits for is the server. */
  static ManagedChannel channel(String host, int port) {
    var channel =
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .directExecutor()
            .maxInboundMessageSize(LARGEST_RESPONSE)
            .build();
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> channel.getState(true) == ConnectivityState.READY);
    return channel;
  }

  /** There is nothing for the node yet. */
  void nothing() {
    if (!subject.changes()) {
      throw new Subject.NotApplicable("needs a node that nothing is served to yet");
    }
  }

  /** Two resources of each type, a and b: what a remote server serves. */
  void standard() {
    subject.set(node.getId(), Sample.standard());
    hasBarriers = true;
  }

  /** Serves exactly these, and the secrets for barriers. */
  void set(Message... resources) {
    set(List.of(resources));
  }

  void set(Collection<? extends Message> resources) {
    subject.set(node.getId(), Sample.withBarriers(resources));
    hasBarriers = true;
  }

  /** Serves exactly these, as they are to be delivered, and the secrets for barriers. */
  void deliver(Resource... resources) {
    var barriers = Sample.withBarriers(List.of()).stream().map(Trial::plain);
    subject.deliver(node.getId(), Stream.concat(Stream.of(resources), barriers).toList());
    hasBarriers = true;
  }

  static Resource plain(Message message) {
    return named(Sample.name(message), message);
  }

  static Resource named(String name, Message message) {
    return new Resource(new ResourceId(Sample.type(message), name), message, Origin.of("kit"));
  }

  static Resource mortal(Message message, Duration ttl) {
    var plain = plain(message);
    return new Resource(plain.id(), message, plain.origin(), new Delivery(ttl, List.of()));
  }

  /** A virtual host for these domains. */
  static Resource host(String name, String... domains) {
    var host = VirtualHost.newBuilder().setName(name).addAllDomains(List.of(domains));
    return named(name, host.build());
  }

  ManagedChannel channel() {
    return channel;
  }

  SotwStream sotw() {
    return sotw(Service.ADS);
  }

  SotwStream sotw(Service service) {
    return new SotwStream(RawStream.open(channel, service.sotw()), node, barriers(service));
  }

  DeltaStream delta() {
    return delta(Service.ADS);
  }

  DeltaStream delta(Service service) {
    return new DeltaStream(RawStream.open(channel, service.delta()), node, barriers(service));
  }

  /** A stream whose requests are any bytes. */
  RawStream<byte[], DiscoveryResponse> bytes() {
    return RawStream.open(channel, Service.bytes(Service.ADS.sotw()));
  }

  /** Ends every stream. */
  @Override
  public void close() {
    channel.shutdownNow();
  }

  private BooleanSupplier barriers(Service service) {
    return () -> hasBarriers && service.equals(Service.ADS);
  }
}
