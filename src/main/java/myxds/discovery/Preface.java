package myxds.discovery;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelDuplexHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import io.grpc.netty.shaded.io.netty.channel.PendingWriteQueue;
import java.nio.channels.ClosedChannelException;
import myxds.port.Connection;
import myxds.port.Mistakes;
import myxds.port.Protocol;

/**
 * The first bytes of a connection to the gRPC port. What gRPC writes waits until the client has
 * sent the whole preface of HTTP/2; a client of another protocol is told so in HTTP/1.1.
 */
final class Preface extends ChannelDuplexHandler {
  private final Connection connection;
  private final Mistakes mistakes;
  private PendingWriteQueue written;
  private ByteBuf received = Unpooled.EMPTY_BUFFER;
  private boolean isDecided;

  @SuppressWarnings("NullAway.Init") // handlerAdded is called first
  Preface(Connection connection, Mistakes mistakes) {
    this.connection = connection;
    this.mistakes = mistakes;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    written = new PendingWriteQueue(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var more = (ByteBuf) message;
    if (isDecided) {
      more.release();
      return;
    }
    received = Unpooled.wrappedBuffer(received, more);
    int known = Math.min(received.readableBytes(), Protocol.MOST_BYTES);
    var bytes = ByteBufUtil.getBytes(received, received.readerIndex(), known);
    Protocol.of(bytes).ifPresent(protocol -> decide(context, protocol));
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    written.add(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    // Nothing is written yet.
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    drop();
    context.fireChannelInactive();
  }

  /** Closing drops what gRPC wrote, which the client would not understand. */
  private void decide(ChannelHandlerContext context, Protocol protocol) {
    if (protocol == Protocol.HTTP2) {
      go(context);
      return;
    }
    connection.speaks(protocol);
    isDecided = true;
    context.channel().config().setAutoRead(false);
    var unused =
        context
            .writeAndFlush(Unpooled.wrappedBuffer(mistakes.answer(protocol)))
            .addListener(written -> close(context));
  }

  /** Closes the connection below gRPC, which would first write its GOAWAY, and that waits here. */
  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }

  private void go(ChannelHandlerContext context) {
    connection.idle();
    var first = received;
    received = Unpooled.EMPTY_BUFFER;
    var unused = written.removeAndWriteAll();
    context.flush();
    // Before gRPC reads: it answers at once, and that must not wait here.
    context.pipeline().remove(this);
    context.fireChannelRead(first);
  }

  private void drop() {
    written.removeAndFailAll(new ClosedChannelException());
    received.release();
    received = Unpooled.EMPTY_BUFFER;
  }
}
