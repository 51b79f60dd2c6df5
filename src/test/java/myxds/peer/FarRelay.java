package myxds.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Puts a server far away: every byte, either way, arrives later by the same time. */
final class FarRelay implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** One thread, and so what is due at the same time leaves in the order in which it came. */
  private final ScheduledExecutorService cable = Executors.newSingleThreadScheduledExecutor();

  private final int port;
  private final Duration oneWay;

  private FarRelay(int port, Duration oneWay) throws IOException {
    this.port = port;
    this.oneWay = oneWay;
  }

  /** To the server on this port of the loopback interface. */
  static FarRelay to(int port, Duration oneWay) throws IOException {
    var relay = new FarRelay(port, oneWay);
    Thread.ofPlatform().daemon().name("relay").start(relay::accept);
    return relay;
  }

  int port() {
    return door.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cable.shutdownNow();
    for (var socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = door.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.addAll(List.of(client, server));
        pass(client, server);
        pass(server, client);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    to.setTcpNoDelay(true);
    Thread.ofPlatform()
        .daemon()
        .name("relay")
        .start(() -> {
          var buffer = new byte[CHUNK];
          try {
            for (int n = from.getInputStream().read(buffer);
                n >= 0;
                n = from.getInputStream().read(buffer)) {
              var chunk = Arrays.copyOf(buffer, n);
              later(() -> write(chunk, to));
            }
          } catch (IOException e) {
            // As good as its end.
          }
          later(() -> close(to));
        });
  }

  private void later(Runnable arrival) {
    if (!cable.isShutdown()) {
      var unused = cable.schedule(arrival, oneWay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static void write(byte[] chunk, Socket to) {
    try {
      to.getOutputStream().write(chunk);
    } catch (IOException e) {
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
