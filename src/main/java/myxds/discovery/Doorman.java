package myxds.discovery;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import myxds.port.Connections;

/**
 * The gate of the gRPC port: counts connections in, before gRPC sees them, and closes those that
 * there is no room for. When there is no descriptor for a connection, Netty itself pauses and tries
 * again after a second.
 */
final class Doorman extends ChannelInboundHandlerAdapter {
  private final Connections connections;

  Doorman(Connections connections) {
    this.connections = connections;
  }

  @Override
  public void channelRead(ChannelHandlerContext server, Object accepted) {
    var channel = (Channel) accepted;
    var client = channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
    var admitted = connections.admit(client, () -> close(channel));
    if (admitted == null) {
      channel.unsafe().closeForcibly();
      return;
    }
    var unused = channel.closeFuture().addListener(end -> admitted.ended());
    channel
        .pipeline()
        .addLast(new ClientConnection(admitted, connections.mistakes()))
        .addLast(new Preface(admitted, connections.mistakes()));
    server.fireChannelRead(accepted);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext server, Throwable cause) {
    connections.paused(cause);
    server.fireExceptionCaught(cause);
  }

  /** Closes it from below HTTP/2, which would first let its streams end. */
  static void close(Channel channel) {
    var first = channel.pipeline().firstContext();
    if (first != null) {
      var unused = first.close();
    }
  }
}
