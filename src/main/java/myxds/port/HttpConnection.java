package myxds.port;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.NioSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of an HTTP port, from its first byte to its end, on a virtual thread. */
final class HttpConnection implements ConnectionContext, Runnable {
  private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);
  private static final ThreadLocal<HttpConnection> CURRENT = new ThreadLocal<>();

  private static final InetSocketAddress UNKNOWN = InetSocketAddress.createUnresolved("unknown", 0);

  private final SocketChannel channel;
  private final Connection connection;
  private final HttpEngine engine;
  private final Connections connections;
  private final Client client;
  private final HelidonSocket socket;
  private final SocketWriter writer;
  private final RequestBytes bytes;
  private final DataReader reader;
  private boolean requestBegan;

  HttpConnection(
      SocketChannel channel, Connection connection, HttpEngine engine, Connections connections) {
    this.channel = channel;
    this.connection = connection;
    this.client = new Client(connection.client().orElse(UNKNOWN));
    this.engine = engine;
    this.connections = connections;
    this.socket = NioSocket.server(channel, id(channel), connections.port().key());
    this.writer = SocketWriter.create(socket);
    this.bytes = new RequestBytes(this::read);
    this.reader = DataReader.create(bytes);
  }

  @Override
  public void run() {
    CURRENT.set(this);
    try {
      // The end of a long answer would wait 40 ms for the client's word on its beginning.
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      serve();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // The client left, or the connection was closed after its last answer.
      log.atTrace().setCause(e).log("a connection ended");
    } finally {
      close();
      connection.ended();
    }
  }

  /** Records that the head of the first request of the current thread's connection was read. */
  static void requestBegan() {
    var current = CURRENT.get();
    if (current != null && !current.requestBegan) {
      current.requestBegan = true;
      current.connection.busy();
    }
  }

  static @Nullable InetSocketAddress client(SocketChannel channel) {
    try {
      return channel.getRemoteAddress() instanceof InetSocketAddress address ? address : null;
    } catch (IOException e) {
      return null;
    }
  }

  static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.atDebug().addKeyValue("reason", e.toString()).log("a connection did not close");
    }
  }

  private void serve() throws InterruptedException {
    var protocol = bytes.protocol();
    switch (protocol) {
      case HTTP1, REST -> engine.connection(this).handle(engine.requests());
      case TLS, HTTP2 -> {
        connection.speaks(protocol);
        writer.writeNow(BufferData.create(connections.mistakes().answer(protocol)));
      }
      case UNKNOWN -> {
        connection.speaks(protocol);
        engine.connection(this).handle(engine.requests());
      }
    }
  }

  /** Reads what the client sends next; meanwhile the connection counts as idle. */
  private byte @Nullable [] read() {
    if (!requestBegan) {
      return socket.get();
    }
    connection.idle();
    var read = socket.get();
    connection.busy();
    return read;
  }

  private void close() {
    try {
      socket.close();
    } catch (RuntimeException e) {
      close(channel);
    }
  }

  private static String id(SocketChannel channel) {
    return "0x" + HexFormat.of().toHexDigits(System.identityHashCode(channel));
  }

  @Override
  public ListenerContext listenerContext() {
    return engine;
  }

  @Override
  public ExecutorService executor() {
    return engine.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public Router router() {
    return engine.router();
  }

  @Override
  public HelidonSocket serverSocket() {
    return socket;
  }

  @Override
  public PeerInfo remotePeer() {
    return client;
  }

  @Override
  public PeerInfo localPeer() {
    return socket.localPeer();
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public String socketId() {
    return socket.socketId();
  }

  @Override
  public String childSocketId() {
    return socket.childSocketId();
  }
}
