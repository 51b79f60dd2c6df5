package myxds.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on between one client and a server, until the cable is cut. */
final class Relay implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  Relay(int port) throws IOException {
    Thread.ofVirtual()
        .start(() -> {
          try {
            var client = door.accept();
            var server = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.addAll(List.of(client, server));
            Thread.ofVirtual().start(() -> pass(client, server));
            pass(server, client);
          } catch (IOException e) {
            // The test is over.
          }
        });
  }

  int port() {
    return door.getLocalPort();
  }

  /** No good-bye: the peer sees a reset connection. */
  void cut() throws IOException {
    for (var socket : sockets) {
      if (socket.isClosed()) {
        continue;
      }
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut.
    }
  }
}
