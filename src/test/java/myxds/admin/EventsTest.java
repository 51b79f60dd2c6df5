package myxds.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events, to those who listen and those who do not. */
class EventsTest {
  private Asking asking;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void serve() throws Exception {
    asking = new Asking();
  }

  @AfterEach
  void close() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    asking.close();
  }

  private BufferedReader listen(String... headers) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), asking.server.port());
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    var request =
        "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n"
            + String.join("", List.of(headers).stream().map(one -> one + "\r\n").toList())
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    while (!reader.readLine().equals(": my-xds")) {
      // The head of the answer.
    }
    return reader;
  }

  /** The next lines that are of an event. */
  private static List<String> next(BufferedReader reader) throws IOException {
    var lines = new ArrayList<String>();
    while (lines.size() < 3) {
      var line = reader.readLine();
      if (line.startsWith("id: ") || line.startsWith("event: ") || line.startsWith("data: ")) {
        lines.add(line);
      }
    }
    return lines;
  }

  @Test
  void tellsWhatHappens() throws Exception {
    var reader = listen();

    asking.events.connected("a\n<b>", "edge");

    assertThat(next(reader))
        .containsExactly(
            "id: 1",
            "event: connected",
            "data:" + " {\"at\":\"2026-11-23T12:00:00Z\",\"group\":\"edge\",\"node\":\"a\\n<b>\"}");
  }

  @Test
  void goesOnWhereAListenerWas() throws Exception {
    for (int i = 1; i <= 5; i++) {
      asking.events.connected("n" + i, "edge");
    }

    var reader = listen("Last-Event-ID: 3");

    assertThat(next(reader)).contains("id: 4");
    assertThat(next(reader)).contains("id: 5");
  }

  @Test
  void saysWhenItHasForgotten() throws Exception {
    for (int i = 1; i <= 20_000; i++) {
      asking.events.connected("n" + i, "edge");
    }

    assertThat(next(listen("Last-Event-ID: 3"))).contains("id: 20000", "event: reset");
    assertThat(next(listen("Last-Event-ID: 99999"))).contains("event: reset");
  }

  @Test
  void goesOnForOthersWhenSomeDoNotRead() throws Exception {
    for (int i = 0; i < 300; i++) {
      listen();
    }
    var reader = listen();

    for (int i = 1; i <= 100_000; i++) {
      asking.events.connected("some node with quite a long name " + i, "edge");
    }

    assertThat(asking.get("/healthz").statusCode()).isEqualTo(200);
    asking.events.disconnected("last", "edge");
    List<String> event;
    do {
      event = next(reader);
    } while (!event.contains("id: 100001") && !event.contains("event: reset"));
    assertThat(asking.get("/readyz").statusCode()).isEqualTo(503);
  }
}
