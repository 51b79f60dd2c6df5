package myxds.port;

import io.helidon.webserver.http.Handler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that serves HTTP/1 with Helidon's engine, one virtual thread for each connection. It
 * accepts connections itself, because Helidon's own listener ends for good when the process is out
 * of file descriptors.
 */
public final class HttpPort implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpPort.class);
  private static final int BACKLOG = 1024;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** The time that requests in progress have when the port closes. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final InetSocketAddress address;
  private final Connections connections;
  private final HttpEngine engine;
  private volatile @Nullable ServerSocketChannel server;

  /**
   * @param address port 0 takes a free one
   * @param handler is called on the connection's own virtual thread
   */
  public HttpPort(InetSocketAddress address, Connections connections, Handler handler) {
    this.address = address;
    this.connections = connections;
    this.engine = new HttpEngine(handler);
  }

  /**
   * Listens.
   *
   * @return the port
   * @throws IOException naming the address if it cannot be had
   */
  public int start() throws IOException {
    var opened = ServerSocketChannel.open();
    try {
      opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      opened.bind(address, BACKLOG);
    } catch (IOException e) {
      opened.close();
      throw new IOException(
          "cannot listen on %s: %s".formatted(SocketAddresses.text(address), e.getMessage()), e);
    }
    server = opened;
    connections.start();
    Thread.ofPlatform()
        .daemon()
        .name(connections.port().key() + "-accept")
        .start(() -> accept(opened));
    return port();
  }

  /** Returns the port that it listens on; -1 when it does not. */
  public int port() {
    var listening = server;
    return listening == null ? -1 : listening.socket().getLocalPort();
  }

  @Override
  public void close() {
    var listening = server;
    server = null;
    if (listening == null) {
      return;
    }
    try {
      listening.close();
      connections.drain(GRACE);
    } catch (IOException e) {
      log.atDebug().addKeyValue("reason", e.toString()).log("the listening socket did not close");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.close();
    engine.close();
  }

  private void accept(ServerSocketChannel listening) {
    try {
      while (server != null) {
        acceptOne(listening);
      }
    } catch (ClosedChannelException e) {
      if (server != null) {
        connections.failed("the listening socket was closed");
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      connections.failed(e.toString());
    }
  }

  /** Pauses when there is no descriptor for a connection: the client waits in the backlog. */
  private void acceptOne(ServerSocketChannel listening)
      throws ClosedChannelException, InterruptedException {
    try {
      serve(listening.accept());
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      connections.paused(e);
      Thread.sleep(PAUSE);
    }
  }

  private void serve(SocketChannel socket) {
    var client = HttpConnection.client(socket);
    var admitted = connections.admit(client, () -> HttpConnection.close(socket));
    if (admitted == null) {
      HttpConnection.close(socket);
      return;
    }
    try {
      Thread.ofVirtual().start(new HttpConnection(socket, admitted, engine, connections));
    } catch (RuntimeException | Error e) {
      HttpConnection.close(socket);
      admitted.ended();
      throw e;
    }
  }
}
