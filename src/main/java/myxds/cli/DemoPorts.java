package myxds.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;

/** Chooses ports: the usual one, or, with a word about it, a free one. */
final class DemoPorts {
  private final PrintWriter out;

  DemoPorts(PrintWriter out) {
    this.out = out;
  }

  /** The usual port if nobody listens there on any address, else a free one. */
  int choose(String whose, int usual) throws IOException {
    if (isFree(usual)) {
      return usual;
    }
    try (var any = new ServerSocket(0)) {
      int free = any.getLocalPort();
      out.printf("port %d is taken: %s gets %d%n", usual, whose, free);
      return free;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
