package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelloServiceTest {
  private final StringWriter err = new StringWriter();

  @Test
  void answersWorld() throws Exception {
    try (var service = HelloService.start(new HostPort("127.0.0.1", 0))) {
      var answer = get(service, "/hello?x=1");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("world\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/hello/", "/hello2", "//hello"})
  void knowsNoOtherPath(String path) throws Exception {
    try (var service = HelloService.start(new HostPort("127.0.0.1", 0))) {
      assertThat(get(service, path).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void endsWithASentenceWhenItsPortIsTaken() throws IOException {
    try (var other = HelloService.start(new HostPort("127.0.0.1", 0))) {
      int code = run("hello", "--port", Integer.toString(other.port()));

      assertThat(code).isEqualTo(3);
      assertThat(err.toString())
          .startsWith("my-xds: hello-service cannot listen on 127.0.0.1:" + other.port() + ": ");
    }
  }

  @Test
  void endsWithASentenceWhenItsAddressIsUnknown() {
    assertThat(run("hello", "--port", "0", "--address", "no.host.invalid")).isEqualTo(3);

    assertThat(err.toString()).contains("no.host.invalid:0: unknown host");
  }

  @Test
  void endsCleanlyWhenItIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThat(run("hello", "--port", "0")).isZero();
  }

  private int run(String... args) {
    return Commands.commandLine(Object.class, CommandLineTest.NO_PARTS)
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private static HttpResponse<String> get(HelloService service, String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + service.port() + path);
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }
}
