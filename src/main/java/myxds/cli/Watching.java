package myxds.cli;

import com.google.protobuf.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import myxds.resource.ResourceType;

/** An xDS client, as the command that watches sees it. */
public interface Watching {

  /** Asks a server; what becomes of that, the stream tells. */
  Stream open(Wish wish);

  /**
   * What to ask for.
   *
   * @param server not resolved
   * @param node the {@code node.id} to ask as
   * @param delta whether to ask for changes only
   * @param names none for everything
   */
  record Wish(
      InetSocketAddress server, String node, ResourceType type, boolean delta, List<String> names) {
    public Wish {
      names = List.copyOf(names);
    }
  }

  /** One stream, for one thread. */
  interface Stream extends AutoCloseable {

    /**
     * Waits for the next response and takes it (ACK).
     *
     * @return a {@code DiscoveryResponse}, or a {@code DeltaDiscoveryResponse}
     * @throws java.net.ConnectException if nothing listens there
     * @throws IOException if the stream has ended, with the reason
     */
    Message next() throws IOException, InterruptedException;

    /** Whether there is, or was, a server that has not said no. */
    boolean worked();

    @Override
    void close();
  }
}
