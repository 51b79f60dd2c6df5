package myxds.port;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the mistakes of the clients of one port: one line a minute for each mistake and client. */
public final class Mistakes {
  private static final Logger log = LoggerFactory.getLogger(Mistakes.class);

  private final Port port;
  private final LogLimit limit = new LogLimit();

  Mistakes(Port port) {
    this.port = port;
  }

  /** Logs that a client speaks a protocol that this port does not. */
  void log(Protocol protocol, @Nullable InetSocketAddress client) {
    var mistake = "client speaks %s to the %s port".formatted(protocol.title(), port.title());
    log(mistake, "wrong protocol", client, hint(protocol));
  }

  /**
   * Logs a mistake.
   *
   * @param reason which kind of it
   * @param hint what the likely cause is, or what to do
   */
  public void log(String mistake, String reason, @Nullable InetSocketAddress client, String hint) {
    var host = client == null || client.getAddress() == null ? "" : client.getAddress();
    if (limit.permits(mistake + " " + reason + " " + host)) {
      log.atWarn()
          .addKeyValue("address", client == null ? "unknown" : SocketAddresses.text(client))
          .addKeyValue("reason", reason)
          .addKeyValue("hint", hint)
          .log(mistake);
    }
  }

  /**
   * Returns the answer to a client of a wrong protocol, in HTTP/1.1: HTTP/2 clients then say that
   * the port does not speak HTTP/2; after a GOAWAY they would connect again at once, many times.
   */
  public byte[] answer(Protocol protocol) {
    var text = "This is the %s port of my-xds: %s\n".formatted(port.title(), hint(protocol));
    return badRequest(text);
  }

  private String hint(Protocol protocol) {
    return switch (protocol) {
      case TLS -> "the port speaks plaintext; remove the transport_socket (TLS) of the client";
      case HTTP1 ->
          "Envoy uses this port with api_type GRPC or DELTA_GRPC and an HTTP/2 cluster"
              + " (http2_protocol_options); REST clients use rest.port (9001), people and"
              + " Prometheus admin.port (9003)";
      case REST -> "REST clients (api_type REST) use rest.port (9001); this port serves gRPC";
      case HTTP2 ->
          port == Port.REST
              ? "gRPC clients (api_type GRPC or DELTA_GRPC) use grpc.port (9002); this port"
                  + " serves HTTP/1.1"
              : "gRPC clients use grpc.port (9002); this port serves HTTP/1.1";
      case UNKNOWN ->
          port == Port.GRPC ? "the port serves HTTP/2 (gRPC)" : "the port serves HTTP/1.1";
    };
  }

  private static byte[] badRequest(String text) {
    return String.join(
            "\r\n",
            "HTTP/1.1 400 Bad Request",
            "Connection: close",
            "Content-Type: text/plain",
            "Content-Length: " + text.getBytes(UTF_8).length,
            "",
            text)
        .getBytes(UTF_8);
  }
}
