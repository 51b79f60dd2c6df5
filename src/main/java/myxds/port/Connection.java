package myxds.port;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One open connection of a port. */
public final class Connection {
  private final Connections all;
  private final @Nullable InetSocketAddress client;
  private final Runnable close;
  private volatile long since = System.nanoTime();

  Connection(Connections all, @Nullable InetSocketAddress client, Runnable close) {
    this.all = all;
    this.client = client;
    this.close = close;
  }

  /** Records that the connection is in use: a request is being served. */
  public void busy() {
    all.busy(this);
  }

  /** Records that the connection waits for its client. */
  public void idle() {
    since = System.nanoTime();
    all.idle(this);
  }

  /** Records that the connection is closed. */
  public void ended() {
    all.ended(this);
  }

  /** Logs that the client speaks a protocol that this port does not. */
  public void speaks(Protocol protocol) {
    all.mistakes().log(protocol, client);
  }

  /** The address of the client; empty if it left before it was asked. */
  public Optional<InetSocketAddress> client() {
    return Optional.ofNullable(client);
  }

  void close() {
    close.run();
  }

  /** Since when it has been silent or idle. */
  long since() {
    return since;
  }
}
