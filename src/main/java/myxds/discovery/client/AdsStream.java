package myxds.discovery.client;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myxds.resource.ResourceType;

/**
 * A stream of the aggregated service that asks for resources of one type and takes whatever it is
 * sent, on a connection of its own. It begins anew each time: it claims to hold nothing, so that
 * the first response is all there is. For one thread.
 */
public final class AdsStream implements AutoCloseable {
  /** How long a server may take to accept a connection and to greet. */
  private static final Duration GREETING = Duration.ofSeconds(10);

  /** How long the last ACK may take to leave, and the server to end its side. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final ManagedChannel channel;
  private final Conversation<?, ?> conversation;

  private AdsStream(ManagedChannel channel, Conversation<?, ?> conversation) {
    this.channel = channel;
    this.conversation = conversation;
  }

  /**
   * Asks for the state of the world.
   *
   * @param server where to connect to, resolved or not; nothing is encrypted
   * @param names what to ask for; none for everything
   */
  public static AdsStream sotw(
      InetSocketAddress server, Node node, ResourceType type, List<String> names) {
    return open(server, new Dialect.Sotw(node, type, names), GREETING);
  }

  /** As {@link #sotw}, but asks for changes only. */
  public static AdsStream delta(
      InetSocketAddress server, Node node, ResourceType type, List<String> names) {
    return open(server, new Dialect.Delta(node, type, names), GREETING);
  }

  static <Q, A extends Message> AdsStream open(
      InetSocketAddress server, Dialect<Q, A> dialect, Duration greeting) {
    var channel =
        Grpc.newChannelBuilderForAddress(
                server.getHostString(), server.getPort(), InsecureChannelCredentials.create())
            .directExecutor()
            // As Envoy, which takes a response of any size.
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
    var stub = AggregatedDiscoveryServiceGrpc.newStub(channel);
    return new AdsStream(channel, Conversation.begin(stub, dialect, greeting));
  }

  /**
   * Waits for the next response and takes it (ACK).
   *
   * @return a {@code DiscoveryResponse}; a {@code DeltaDiscoveryResponse} if it asked for that
   * @throws java.net.ConnectException if nothing listens there
   * @throws IOException if the stream has ended, with the reason
   */
  public Message next() throws IOException, InterruptedException {
    return conversation.next();
  }

  /**
   * Whether there is, or was, a server that has not said no: then a stream that has ended may well
   * be opened again.
   */
  public boolean worked() {
    return conversation.worked();
  }

  /** Says good-bye, so that the last ACK arrives. */
  @Override
  public void close() {
    if (channel.isShutdown()) {
      return;
    }
    conversation.end();
    channel.shutdown();
    try {
      channel.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.shutdownNow();
  }
}
