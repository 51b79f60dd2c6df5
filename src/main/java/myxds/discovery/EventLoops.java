package myxds.discovery;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the xDS port: one that accepts, and one per processor that each own their
 * connections. Native where the machine allows it, which is two to three times faster.
 */
record EventLoops(
    EventLoopGroup boss, EventLoopGroup workers, Class<? extends ServerChannel> channelType)
    implements AutoCloseable {

  static EventLoops open() {
    return new EventLoops(group("xds-accept", 1), group("xds", processors()), channel());
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

  private static EventLoopGroup group(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads,
        new DefaultThreadFactory(name, true),
        isNative() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  private static Class<? extends ServerChannel> channel() {
    return isNative() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }
}
