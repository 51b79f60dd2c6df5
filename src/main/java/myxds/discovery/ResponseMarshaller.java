package myxds.discovery;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import myxds.discovery.engine.Response;

/** Hands a response's bytes to the transport as they are; there is nothing to encode. */
final class ResponseMarshaller implements MethodDescriptor.Marshaller<Response> {

  @Override
  public InputStream stream(Response response) {
    return new Bytes(response);
  }

  @Override
  public Response parse(InputStream stream) {
    throw new UnsupportedOperationException("a server reads no responses");
  }

  /** gRPC asks for the length and drains it; it never reads byte by byte. */
  private static final class Bytes extends InputStream implements KnownLength, Drainable {
    private final Response response;

    Bytes(Response response) {
      this.response = response;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      response.writeTo(target);
      return response.size();
    }

    @Override
    public int available() {
      return response.size();
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("drained, not read");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return read();
    }
  }
}
