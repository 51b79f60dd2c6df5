package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page cannot reach the port by a name that it makes resolve to this machine. */
final class AllowedHostsTest {
  private Asking asking;

  @BeforeEach
  void serve() throws IOException {
    asking = new Asking();
  }

  @AfterEach
  void close() {
    asking.close();
  }

  @Test
  void doesNotApproveForAPageWhoseNameWasRebound() throws Exception {
    var answer =
        post("/api/v1/approve", "Host: evil.test:PORT\r\nOrigin: http://evil.test:PORT\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 403")
        .contains("application/problem+json")
        .contains("host \\\"evil.test:%d\\\" is not allowed".formatted(asking.server.port()))
        .contains("admin.hosts");
    assertThat(asking.approvals).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/metrics",
        "/api/v1/groups",
        "/api/v1/nodes/a/config_dump",
        "/api/v1/events",
        "/api/v1/openapi.json",
        "/nothing/here",
      })
  void showsNothingUnderAnotherName(String path) throws Exception {
    assertThat(get(path, "Host: evil.test\r\n")).startsWith("HTTP/1.1 403");
    assertThat(get(path, "Host: 192.0.2.7:9003\r\n")).startsWith("HTTP/1.1 403");
    assertThat(get(path, "Host: localhost.evil.test\r\n")).startsWith("HTTP/1.1 403");
    assertThat(get(path, "Host: evil.test:9003:localhost\r\n")).doesNotStartWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/readyz"})
  void tellsItsHealthToAnyLoadBalancer(String path) throws Exception {
    assertThat(get(path, "Host: 10.0.0.1\r\nOrigin: null\r\n")).doesNotStartWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:9003",
        "localhost.:1",
        "a.localhost",
        "127.0.0.1:PORT",
        "127.1.2.3",
        "[::1]:9003"
      })
  void answersUnderItsOwnNames(String host) throws Exception {
    assertThat(get("/api/v1/groups", "Host: " + host + "\r\n")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:PORT,  http://localhost:PORT,   true",
    "localhost:PORT,  HTTP://LocalHost:PORT,   true",
    "[::1]:PORT,      http://[::1]:PORT,       true",
    "localhost,       http://localhost,        true",
    "localhost,       https://localhost:443,   true",
    "localhost:PORT,  http://localhost:3000,   false",
    "localhost:PORT,  http://localhost,        false",
    "localhost:PORT,  http://evil.test,        false",
    "localhost:PORT,  x://localhost:PORT,      false",
    "localhost:PORT,  http://a@localhost:PORT, true",
    "localhost:PORT,  'null',                  false",
    "localhost:PORT,  '://localhost:PORT',     false",
    "localhost:PORT,  'evil://x http://localhost:PORT', false",
  })
  void writesForItsOwnPageOnly(String host, String origin, boolean allowed) throws Exception {
    var answer = post("/api/v1/approve", "Host: %s\r\nOrigin: %s\r\n".formatted(host, origin));

    assertThat(answer).startsWith(allowed ? "HTTP/1.1 409" : "HTTP/1.1 403");
  }

  @Test
  void answersForTheHostsOfTheSettings() throws Exception {
    try (var server = asking.on(0, Set.of("My-xds.example", "*.other"))) {
      server.start();

      assertThat(say(server, "GET /metrics HTTP/1.1\r\nHost: my-xds.EXAMPLE:80\r\n"))
          .startsWith("HTTP/1.1 200");
      var behindProxy = "Host: 127.0.0.1:1\r\nOrigin: https://my-xds.example\r\n";
      assertThat(say(server, "POST /api/v1/approve HTTP/1.1\r\n" + behindProxy))
          .startsWith("HTTP/1.1 409");
      assertThat(say(server, "GET /metrics HTTP/1.1\r\nHost: evil.test\r\n"))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void answersForAnyHostWhenToldSo() throws Exception {
    try (var server = asking.on(0, Set.of("*"))) {
      server.start();

      assertThat(say(server, "GET /metrics HTTP/1.1\r\nHost: any.where\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }

  private String get(String path, String headers) throws IOException {
    return say(asking.server, "GET " + path + " HTTP/1.1\r\n" + headers);
  }

  private String post(String path, String headers) throws IOException {
    return say(asking.server, "POST " + path + " HTTP/1.1\r\n" + headers);
  }

  /** Raw, because HTTP clients choose the Host themselves. */
  private static String say(AdminServer server, String head) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      var text = head.replace("PORT", Integer.toString(server.port()));
      var request = text + "Connection: close\r\nContent-Length: 0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
