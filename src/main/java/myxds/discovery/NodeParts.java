package myxds.discovery;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;

/** The parts of nodes that many clients have in common, each kept once while a node has it. */
final class NodeParts {
  /**
   * In bytes, without extensions. Envoy's node has a few KiB, one of a service mesh some hundred.
   */
  private static final int MOST_BYTES = 1 << 20;

  private static final Interner<Message> KNOWN = Interners.newWeakInterner();

  private NodeParts() {}

  /** Returns an equal node that shares its large parts with the nodes that have them too. */
  static Node shared(Node node) {
    var builder = node.toBuilder();
    if (node.hasMetadata()) {
      builder.setMetadata(known(node.getMetadata()));
    }
    if (node.hasLocality()) {
      builder.setLocality(known(node.getLocality()));
    }
    if (node.hasUserAgentBuildVersion()) {
      builder.setUserAgentBuildVersion(known(node.getUserAgentBuildVersion()));
    }
    return builder.build();
  }

  /** Says that the node is too large to be kept; empty if it is not. */
  static String excess(Node node) {
    int extensions = node.getExtensionsList().stream().mapToInt(Message::getSerializedSize).sum();
    int bytes = node.getSerializedSize() - extensions;
    return bytes <= MOST_BYTES
        ? ""
        : "node: %d bytes without its extensions (expected: at most %d)"
            .formatted(bytes, MOST_BYTES);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Message> T known(T part) {
    // Generated messages are equal only to messages of their own class.
    return (T) KNOWN.intern(part);
  }
}
