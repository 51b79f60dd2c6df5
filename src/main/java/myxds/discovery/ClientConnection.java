package myxds.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import java.util.Map;
import java.util.Set;
import myxds.port.Connection;
import myxds.port.Mistakes;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the gRPC port. It reads the reason why gRPC ends the connection from the GOAWAY
 * frame: gRPC tells the client, and not the application.
 */
final class ClientConnection extends ChannelOutboundHandlerAdapter {
  /** The error of a connection that broke, and none. */
  private static final Set<Integer> NOT_THE_CLIENTS = Set.of(0, 2);

  private static final int FRAME_HEADER = 9;
  private static final int TYPE = 3;
  private static final byte GOAWAY = 7;
  private static final int ERROR = FRAME_HEADER + 4;
  private static final int LENGTH = FRAME_HEADER + 8;

  /** A reason may quote what the client sent. */
  private static final int LONGEST = 200;

  private static final Map<String, String> HINTS =
      Map.of(
          "too_many_pings",
          "the client pings more often than grpc.keepalive_min allows: raise the interval of its"
              + " keepalive (Envoy: connection_keepalive.interval) or lower grpc.keepalive_min");

  private final Connection connection;
  private final Mistakes mistakes;
  private boolean isNextTheReason;
  private volatile @Nullable String reason;

  ClientConnection(Connection connection, Mistakes mistakes) {
    this.connection = connection;
    this.mistakes = mistakes;
  }

  /** Records that a call was opened: the connection is not closed as idle any more. */
  void used() {
    connection.busy();
  }

  /** The status of a stream that ended with its connection, or because the client cancelled it. */
  static Status end(@Nullable ClientConnection connection) {
    var reason = connection == null ? null : connection.reason;
    return reason == null ? Status.CANCELLED : Status.RESOURCE_EXHAUSTED.withDescription(reason);
  }

  /** Logs that a request of the client has no node.id. */
  void lacksNodeId() {
    mistakes.log(
        "gRPC client without node.id",
        "node.id is missing",
        connection.client().orElse(null),
        "set node.id in the client's bootstrap (Envoy: node: {id: …} or --service-node)");
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf frame) {
      look(frame);
    }
    var unused = context.write(message, promise);
  }

  /** The frame's reason follows it in a buffer of its own. */
  private void look(ByteBuf frame) {
    int start = frame.readerIndex();
    if (isNextTheReason) {
      isNextTheReason = false;
      ended(frame.toString(US_ASCII));
    } else if (frame.readableBytes() == LENGTH && frame.getByte(start + TYPE) == GOAWAY) {
      isNextTheReason =
          !NOT_THE_CLIENTS.contains(frame.getInt(start + ERROR))
              && frame.getUnsignedMedium(start) > LENGTH - FRAME_HEADER;
    }
  }

  private void ended(String why) {
    var told = why.length() <= LONGEST ? why : why.substring(0, LONGEST) + "…";
    reason = told;
    mistakes.log(
        "disconnected a client",
        told,
        connection.client().orElse(null),
        HINTS.getOrDefault(told, "the client breaks the rules of HTTP/2"));
  }
}
