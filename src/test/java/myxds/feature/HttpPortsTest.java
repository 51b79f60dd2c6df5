package myxds.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import myxds.TestDaemon;
import myxds.feature.RawClient.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ports' HTTP/1.0, HTTP/1.1 and HTTP/2, byte by byte. */
final class HttpPortsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String NODE = "{\"node\": {\"id\": \"node1\"}}";
  private static final String FETCH = "POST /v3/discovery:clusters HTTP/1.%s\r\n";

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

  @ParameterizedTest
  @CsvSource({"'',''", "'Host: x\\r\\n',''", "'','Connection: Keep-Alive\\r\\n'"})
  void answersAHealthCheckOfHttp10AndCloses(String host, String connection) throws IOException {
    var headers = (host + connection).replace("\\r\\n", "\r\n");

    var answer =
        RawClient.exchange(daemon.adminPort(), "GET /healthz HTTP/1.0\r\n" + headers + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Connection: close");
  }

  @Test
  void answersAFetchOfHttp10AndCloses() throws IOException {
    var head = FETCH.formatted("0") + "Content-Length: " + NODE.length() + "\r\n\r\n";

    var answer = RawClient.exchange(daemon.restPort(), head + NODE);

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"name\"");
  }

  @Test
  void closesWhenTheClientAsksForIt() throws IOException {
    var close = "Host: x\r\nConnection: close\r\n";

    var admin =
        RawClient.exchange(daemon.adminPort(), "GET /healthz HTTP/1.1\r\n" + close + "\r\n");
    var rest =
        RawClient.exchange(
            daemon.restPort(),
            FETCH.formatted("1") + close + "Content-Length: " + NODE.length() + "\r\n\r\n" + NODE);

    assertThat(admin).startsWith("HTTP/1.1 200 ");
    assertThat(rest).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource({"REST, /v3/discovery:clusters", "admin, /api/v1/check"})
  void logsOneLineForABodyThatEndsEarly(String port, String path) throws IOException {
    try (var client = new RawClient(port.equals("REST") ? daemon.restPort() : daemon.adminPort())) {
      client.send(
          "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"no");
    }

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(log.with("could not read a request's body")).hasSize(1));
    assertThat(log.with("could not read").getFirst())
        .contains("path=\"" + path + "\"", "the connection ended early");
    assertThat(log.all()).hasSize(1);
    assertThat(log.with("stack trace")).isEmpty();
  }

  @Test
  void limitsTheStreamsOfAConnectionAndEndsAFloodOfResets() throws IOException {
    try (var client = RawClient.http2(daemon.grpcPort())) {
      var settings = client.next(Frame.SETTINGS);
      flood(client);

      assertThat(settings.payload().toByteArray()).containsSequence(0, 3, 0, 0, 1, 244);
      assertThat(client.next(Frame.GOAWAY).payload().toStringUtf8())
          .endsWith("too_many_rststreams");
    }
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(log.with("disconnected a client")).hasSize(1));
  }

  /** Each stream is reset at once, as in CVE-2023-44487. */
  private static void flood(RawClient client) throws IOException {
    try {
      for (int stream = 1; stream < 2_000; stream += 2) {
        client.openStream(stream);
        client.send(Frame.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
      }
    } catch (SocketException e) {
      // The server has ended the connection.
    }
  }
}
