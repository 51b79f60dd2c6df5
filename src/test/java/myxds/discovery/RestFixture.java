package myxds.discovery;

import static java.net.http.HttpRequest.BodyPublishers.ofString;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import myxds.port.Connections;
import myxds.port.Limits;
import myxds.port.Port;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/** A REST server on a free port that serves node1, and a client. */
final class RestFixture implements AutoCloseable {
  static final int MAX_REQUEST = 10_000;
  static final GroupSnapshot SERVED =
      GroupSnapshot.of(
          List.of(
              Fixtures.cluster("a", 1), Fixtures.cluster("b", 1), Fixtures.listener("listener_0")));
  private static final Schema SCHEMA = Schema.ofApi();

  final Recorder recorder = new Recorder();
  final RestServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  RestFixture() throws IOException {
    server = server(0);
    server.start();
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }

  RestServer server(int port) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new RestServer(
        new RestServer.Options(
            address, new Connections(Port.REST, Limits.of(5_000), reason -> {}), MAX_REQUEST, true),
        new RestServer.Sources(
            node -> node.getId().equals("node1") ? Optional.of(SERVED) : Optional.empty(),
            request -> ClientStatusResponse.getDefaultInstance()),
        SCHEMA,
        recorder);
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, "application/json", ofString(body));
  }

  HttpResponse<String> send(
      String method, String path, @Nullable String contentType, BodyPublisher body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, body);
    if (contentType != null) {
      request.header("content-type", contentType);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** What a client is told at once that says no more than this. */
  String statusLine(String rest) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      var request = "POST /v3/discovery:clusters HTTP/1.1\r\nHost: localhost\r\n" + rest;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    }
  }

  DiscoveryResponse parsed(HttpResponse<String> answer) throws Exception {
    var response = DiscoveryResponse.newBuilder();
    SCHEMA.mergeLeniently(answer.body(), response);
    return response.build();
  }
}
