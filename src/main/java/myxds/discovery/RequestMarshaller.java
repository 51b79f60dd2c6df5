package myxds.discovery;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads requests. What cannot be read becomes the status that its stream is to be ended with: what
 * a marshaller throws, gRPC would tell the client as an unknown error.
 */
final class RequestMarshaller implements MethodDescriptor.Marshaller<Object> {
  private final MethodDescriptor.Marshaller<Message> messages;
  private final int maxBytes;

  /**
   * @param maxBytes a larger request is not parsed
   */
  RequestMarshaller(MethodDescriptor.Marshaller<Message> messages, int maxBytes) {
    this.messages = messages;
    this.maxBytes = maxBytes;
  }

  @Override
  public InputStream stream(Object request) {
    throw new UnsupportedOperationException("a server writes no requests");
  }

  /** A message, or a {@link Status}. */
  @Override
  public Object parse(InputStream stream) {
    try {
      int size = stream.available();
      return size <= maxBytes ? messages.parse(stream) : tooLarge(size);
    } catch (StatusRuntimeException | IOException e) {
      return Status.INVALID_ARGUMENT.withDescription(
          "the request cannot be read as the method's message: " + e.getMessage());
    }
  }

  private Status tooLarge(int size) {
    return Status.RESOURCE_EXHAUSTED.withDescription(
        "a request of %d bytes (expected: at most %d, grpc.max_request_bytes)"
            .formatted(size, maxBytes));
  }
}
