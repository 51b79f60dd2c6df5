package myxds.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Future;

/** Asks the demo's Envoy for {@code /hello} until it answers {@code world}. */
final class HelloProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final int port;

  HelloProbe(int port) {
    this.port = port;
  }

  /** Whether it answered, before it took too long and before {@code over} was done. */
  boolean answers(Future<?> over) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello"))
            .timeout(Duration.ofSeconds(2))
            .build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (var client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end && !over.isDone()) {
        if (saysWorld(client, request)) {
          return true;
        }
        Thread.sleep(PAUSE);
      }
    }
    return false;
  }

  /** As somebody types it after {@code curl}. */
  @Override
  public String toString() {
    return "localhost:" + port + "/hello";
  }

  private static boolean saysWorld(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString()).body().equals("world\n");
    } catch (IOException e) {
      return false;
    }
  }
}
