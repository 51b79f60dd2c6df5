package myxds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import myxds.TestDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a command says when a daemon does not answer as it should. */
final class AdminClientTest {
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void saysThatItStillWaits() {
    answering(exchange -> {
      await().until(() -> err.toString().contains("still waiting"));
      answer(exchange, 409, "{\"detail\": \"nothing is held\"}");
    });

    assertThat(approve(url())).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo(
            "my-xds: still waiting for the daemon at %s%nmy-xds: nothing is held%n"
                .formatted(url()));
  }

  @Test
  void saysWhatTheDaemonSays() {
    answering(exchange -> answer(exchange, 503, "{\"detail\": \"the publisher\\nis stuck\"}"));

    assertThat(approve(url())).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo("my-xds: the daemon at %s says: the publisher?is stuck%n".formatted(url()));
  }

  @Test
  void saysThatSomethingElseAnswers() {
    answering(exchange -> answer(exchange, 200, "<html>"));

    assertThat(approve(url() + "/")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo("my-xds: what answers at %s is no my-xds (expected: JSON)%n".formatted(url()));
  }

  @Test
  void takesTheJsonOfAnotherProgramForNoApproval() {
    answering(exchange -> answer(exchange, 200, "{}"));

    assertThat(approve(url())).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            "my-xds: what answers at %s is no my-xds (expected: \"approved\" in its JSON)%n"
                .formatted(url()));
  }

  @Test
  void saysThatNothingAnswers() {
    var nobody = "http://127.0.0.1:" + TestDaemon.freePort();

    assertThat(approve(nobody)).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            "my-xds: cannot ask the daemon at %s: nothing answers there; is it running?%n"
                .formatted(nobody));
  }

  @Test
  void saysWhatAnAddressLooksLike() {
    assertThat(approve("localhost:9003")).isEqualTo(2);

    assertThat(err.toString()).contains("(expected: http://HOST:PORT)");
  }

  private void answering(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private int approve(String url) {
    return Commands.commandLine(Object.class, CommandLineTest.NO_PARTS)
        .setErr(new PrintWriter(err, true))
        .execute("approve", "--admin", url);
  }
}
