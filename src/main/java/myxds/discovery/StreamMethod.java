package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import myxds.discovery.engine.StreamRequest;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * A gRPC method that streams resources.
 *
 * @param type the only one that it serves; null on the aggregated service
 */
record StreamMethod(boolean delta, @Nullable ResourceType type) {
  /** A hostile client's names would else go into headers and logs, however long. */
  private static final int SENTENCE = 500;

  Transport transport() {
    if (type == null) {
      return delta ? Transport.ADS_DELTA : Transport.ADS_SOTW;
    }
    return delta ? Transport.DELTA : Transport.SOTW;
  }

  /**
   * What the request is about. On a stream of one type, it may be left out (discovery.proto, {@code
   * type_url}).
   *
   * @throws StatusRuntimeException if the method does not serve it
   */
  ResourceType typeOf(StreamRequest request) {
    var asked = request.typeUrl();
    if (type == null && asked.isEmpty()) {
      throw invalid("type_url is missing (expected: one in every request of an ADS stream)");
    }
    if (type != null && !asked.isEmpty() && !type.typeUrl().equals(asked)) {
      throw invalid("type_url: " + asked + " (expected: " + type.typeUrl() + ")");
    }
    return type == null ? ResourceType.of(asked) : type;
  }

  /**
   * Checks the node that a client sent.
   *
   * @param known the one that it sent before on this stream; the default instance at first
   * @throws StatusRuntimeException if it is another node, or too large
   */
  static void ensureValid(Node sent, Node known) {
    if (!known.getId().isEmpty() && !known.getId().equals(sent.getId())) {
      throw invalid("node.id: " + sent.getId() + " (expected: " + known.getId() + ", as before)");
    }
    var excess = NodeParts.excess(sent);
    if (!excess.isEmpty()) {
      throw invalid(excess);
    }
  }

  /** A status as logs write it: its code, and what the client was told. */
  static String text(Status status) {
    var told = status.getDescription();
    return told == null ? status.getCode().name() : status.getCode() + ": " + told;
  }

  static StatusRuntimeException invalid(String description) {
    var told =
        description.length() <= SENTENCE ? description : description.substring(0, SENTENCE) + "…";
    return Status.INVALID_ARGUMENT.withDescription(told).asRuntimeException();
  }
}
