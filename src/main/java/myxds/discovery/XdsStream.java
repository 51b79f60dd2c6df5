package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream of a client, or one REST request, at one moment; immutable.
 *
 * @param id unique in this process
 * @param address of the client, {@code 127.0.0.1:53412}
 * @param node as the client told it last; the default instance before the first request
 */
public record XdsStream(long id, Transport transport, String address, Instant since, Node node) {
  private static final AtomicLong LAST_ID = new AtomicLong();

  /** One that begins now. */
  static XdsStream begin(Transport transport, String address) {
    return new XdsStream(
        LAST_ID.incrementAndGet(), transport, address, Instant.now(), Node.getDefaultInstance());
  }

  public XdsStream withNode(Node node) {
    return new XdsStream(id, transport, address, since, node);
  }
}
