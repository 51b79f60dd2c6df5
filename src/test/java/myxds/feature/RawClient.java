package myxds.feature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A socket that sends what a test says, also what no client library would. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final String ADS =
      "/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources";

  private final Socket socket;

  /** One frame of HTTP/2. */
  record Frame(int type, ByteString payload) {
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
  }

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Connects and sends HTTP/2's preface with empty settings. */
  static RawClient http2(int port) throws IOException {
    var client = new RawClient(port);
    client.send(PREFACE);
    client.send(Frame.SETTINGS, 0, 0, new byte[0]);
    return client;
  }

  /** Sends these bytes and returns all that is answered until the server closes. */
  static String exchange(int port, byte[] bytes) throws IOException {
    try (var client = new RawClient(port)) {
      client.socket.getOutputStream().write(bytes);
      return client.rest();
    }
  }

  static String exchange(int port, String text) throws IOException {
    return exchange(port, text.getBytes(US_ASCII));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  void send(int type, int flags, int stream, byte[] payload) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(
        new byte[] {
          (byte) (payload.length >> 16),
          (byte) (payload.length >> 8),
          (byte) payload.length,
          (byte) type,
          (byte) flags,
          0,
          0,
          (byte) (stream >> 8),
          (byte) stream
        });
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** Opens an ADS stream: an odd number that grows. */
  void openStream(int stream) throws IOException {
    var headers = new ByteArrayOutputStream();
    // The static table's :method POST and :scheme http; the others are literals.
    headers.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86});
    literal(headers, ":path", ADS);
    literal(headers, ":authority", "x");
    literal(headers, "content-type", "application/grpc");
    literal(headers, "te", "trailers");
    send(Frame.HEADERS, 4, stream, headers.toByteArray());
  }

  private static void literal(ByteArrayOutputStream headers, String name, String value) {
    headers.write(0);
    headers.write(name.length());
    headers.writeBytes(name.getBytes(US_ASCII));
    headers.write(value.length());
    headers.writeBytes(value.getBytes(US_ASCII));
  }

  /** Returns the next frame of this type; fails when the server closes before it. */
  Frame next(int type) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    while (true) {
      int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
      int got = in.readUnsignedByte();
      in.skipNBytes(5);
      var payload = ByteString.copyFrom(in.readNBytes(length));
      if (got == type) {
        return new Frame(type, payload);
      }
    }
  }

  /** Returns what the server still sends, when it has closed the connection. */
  String rest() throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (SocketException e) {
      // A reset is an end, too.
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
