package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream of a client, or one REST request, at one moment; immutable.
 *
 * @param id unique in this process
 * @param address of the client, {@code 127.0.0.1:53412}
 * @param node as the client told it last, but for its extensions; the default instance before the
 *     first request
 * @param extensions how many it has
 */
public record XdsStream(
    long id, Transport transport, String address, Instant since, Node node, int extensions) {
  private static final AtomicLong LAST_ID = new AtomicLong();

  /** One that begins now. */
  static XdsStream begin(Transport transport, String address) {
    return new XdsStream(
        LAST_ID.incrementAndGet(), transport, address, Instant.now(), Node.getDefaultInstance(), 0);
  }

  /**
   * The same, of a client that told this. Envoy lists its several hundred extensions, most of the
   * node's bytes; nothing asks for them, and the node is held as long as the stream lives.
   */
  public XdsStream withNode(Node node) {
    int extensions = node.getExtensionsCount();
    var held = extensions == 0 ? node : node.toBuilder().clearExtensions().build();
    return new XdsStream(id, transport, address, since, held, extensions);
  }
}
