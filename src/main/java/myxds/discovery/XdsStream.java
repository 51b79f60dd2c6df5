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
   * Returns this stream with the node that its client sent. Envoy lists its several hundred
   * extensions, most of the node's bytes; nothing needs them. The node is held as long as the
   * stream lives, so parts that other nodes have too are kept once.
   */
  public XdsStream withNode(Node sent) {
    int extensions = sent.getExtensionsCount();
    var held = extensions == 0 ? sent : sent.toBuilder().clearExtensions().build();
    var shared = held.equals(node) ? node : NodeParts.shared(held);
    return new XdsStream(id, transport, address, since, shared, extensions);
  }

  /** Returns this stream with another node, which is kept instead. */
  public XdsStream keeping(Node other) {
    return new XdsStream(id, transport, address, since, other, extensions);
  }
}
