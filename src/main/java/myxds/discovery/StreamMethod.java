package myxds.discovery;

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

  static StatusRuntimeException invalid(String description) {
    return Status.INVALID_ARGUMENT.withDescription(description).asRuntimeException();
  }
}
