package myxds.feature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import myxds.TestDaemon;
import myxds.feature.RawClient.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that use a wrong port or protocol, and what the log says of them. */
final class WrongProtocolTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private TestDaemon daemon;
  private LogLines log;

  @BeforeEach
  void start(@TempDir Path config) throws IOException {
    new Folder(config).write("node1/a.yaml", Folder.clusters("a"));
    daemon = TestDaemon.ready(config);
    log = LogLines.begin();
  }

  @AfterEach
  void stop() {
    log.close();
    daemon.close();
  }

  /** What a client sends first. */
  enum Speech {
    HTTP1("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    REST("POST /v3/discovery:clusters HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"),
    HTTP2("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
    TLS(new String(HexFormat.of().parseHex("16030100c8010000c40303"), ISO_8859_1)),
    UNKNOWN("\u0001\u0002\u0003");

    private final String text;

    Speech(String text) {
      this.text = text;
    }

    private byte[] bytes() {
      return text.getBytes(ISO_8859_1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP1, gRPC, client speaks HTTP/1 to the gRPC port, HTTP/1.1 400",
    "REST, gRPC, client speaks REST to the gRPC port, HTTP/1.1 400",
    "TLS, gRPC, client speaks TLS to the gRPC port, HTTP/1.1 400",
    "UNKNOWN, gRPC, client speaks an unknown protocol to the gRPC port, HTTP/1.1 400",
    "TLS, REST, client speaks TLS to the REST port, HTTP/1.1 400",
    "TLS, admin, client speaks TLS to the admin port, HTTP/1.1 400",
    "HTTP2, REST, client speaks HTTP/2 to the REST port, This is the REST port of my-xds",
    "HTTP2, admin, client speaks HTTP/2 to the admin port, This is the admin port of my-xds",
  })
  void isLoggedOnceWithTheAddressAndAHint(Speech speech, String port, String said, String answer)
      throws IOException {
    int number = port(port);

    var first = RawClient.exchange(number, speech.bytes());
    RawClient.exchange(number, speech.bytes());

    assertThat(first).contains(answer);
    await().atMost(SOON).untilAsserted(() -> assertThat(log.with(said)).hasSize(1));
    assertThat(log.with(said).getFirst())
        .matches("WARN .* address=\"127\\.0\\.0\\.1:[0-9]+\" reason=.* hint=.*");
    assertThat(log.with("stack trace")).isEmpty();
  }

  private int port(String name) {
    return switch (name) {
      case "gRPC" -> daemon.grpcPort();
      case "REST" -> daemon.restPort();
      default -> daemon.adminPort();
    };
  }

  @Test
  void endsAStreamWithoutNodeId() throws IOException {
    try (var client = AdsClient.connect(daemon, Node.getDefaultInstance())) {
      assertThat(client.end()).startsWith("INVALID_ARGUMENT: node.id is missing");
    }

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(log.with("gRPC client without node.id")).hasSize(1));
  }

  @Test
  void logsWhyAClientThatPingsTooOftenIsDisconnected() throws IOException {
    try (var client = RawClient.http2(daemon.grpcPort())) {
      client.openStream(1);
      for (int i = 0; i < 10; i++) {
        client.send(Frame.PING, 0, 0, new byte[8]);
      }
      client.next(Frame.GOAWAY);
    }

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(log.with("disconnected a client")).hasSize(1));
    assertThat(log.with("disconnected a client").getFirst())
        .contains("too_many_pings", "grpc.keepalive_min");
    await().atMost(SOON).untilAsserted(() -> assertThat(log.with("stream closed")).isNotEmpty());
    assertThat(log.with("stream closed").getFirst()).contains("RESOURCE_EXHAUSTED: too_many_pings");
  }
}
