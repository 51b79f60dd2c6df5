package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks too much, too slowly, or leaves in between. */
class HostileAskerTest {
  private Asking asking;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    asking = new Asking();
  }

  @AfterEach
  void close() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    asking.close();
  }

  private Socket says(String words) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), asking.server.port());
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @ParameterizedTest
  @CsvSource({"retry, 1", "approve, 1", "snapshot, 1", "check, 64", "diff, 64"})
  void refusesAHundredMegabytesWithoutReadingThem(String path, int limit) throws Exception {
    var socket =
        says(
            "POST /api/v1/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n"
                .formatted(path));
    var million = new byte[1 << 20];
    for (int i = 0; i <= limit; i++) {
      socket.getOutputStream().write(million);
    }

    var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

    assertThat(answer).isEqualTo("HTTP/1.1 413");
    assertThat(asking.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void answersOthersWhileManyDoNotFinishWhatTheySay() throws Exception {
    for (int i = 0; i < 200; i++) {
      says("POST /api/v1/retry HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
      says("GET /healthz HT");
    }

    assertThat(asking.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(asking.post("/api/v1/retry", "").statusCode()).isEqualTo(409);
  }

  @Test
  void goesOnWhenSomebodyLeavesInTheMiddle() throws Exception {
    says("POST /api/v1/diff HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{").close();

    assertThat(asking.get("/healthz").statusCode()).isEqualTo(200);
  }
}
