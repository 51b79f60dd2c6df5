package myxds.discovery;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the xDS port: one that accepts, and one per processor that each own their
 * connections. Native where the machine allows it, which is two to three times faster.
 */
record EventLoops(EventLoopGroup boss, Workers workers) implements AutoCloseable {

  static EventLoops open() {
    return new EventLoops(boss("xds-accept"), new Workers("xds"));
  }

  /** Ends a client's connection and lets go of what waits to be read there. */
  void disconnect(@Nullable SocketAddress client) {
    var connection = channel(client);
    if (connection != null) {
      Doorman.close(connection);
    }
  }

  /** Returns the connection of a client; null when it is closed. */
  @Nullable ClientConnection connection(@Nullable SocketAddress client) {
    var connection = channel(client);
    return connection == null ? null : connection.pipeline().get(ClientConnection.class);
  }

  private @Nullable Channel channel(@Nullable SocketAddress client) {
    return client == null ? null : workers.connections.get(client);
  }

  /** Whether the machine's own event mechanism is used. */
  static boolean isNative() {
    return Epoll.isAvailable();
  }

  @Override
  public void close() {
    var accepting = boss.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    var working = workers.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    accepting.awaitUninterruptibly(1, TimeUnit.SECONDS);
    working.awaitUninterruptibly(1, TimeUnit.SECONDS);
  }

  /** The loops that own the connections, and know them by their clients' addresses. */
  static final class Workers extends MultiThreadIoEventLoopGroup {
    private final Map<SocketAddress, Channel> connections = new ConcurrentHashMap<>();

    Workers(String name) {
      super(Runtime.getRuntime().availableProcessors(), threads(name), handlers());
    }

    @Override
    public ChannelFuture register(Channel connection) {
      var client = connection.remoteAddress();
      if (client != null) {
        connections.put(client, connection);
        var unused =
            connection.closeFuture().addListener(end -> connections.remove(client, connection));
      }
      return super.register(connection);
    }
  }

  private static EventLoopGroup boss(String name) {
    return new MultiThreadIoEventLoopGroup(1, threads(name), handlers());
  }

  private static ThreadFactory threads(String name) {
    return new DefaultThreadFactory(name, true);
  }

  private static IoHandlerFactory handlers() {
    return isNative() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** A new socket to listen on. */
  static ServerChannel serverChannel() {
    return isNative() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
  }
}
