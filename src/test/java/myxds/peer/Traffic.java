package myxds.peer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Requests at a steady rate, whether or not the ones before were answered; counts the answers. */
final class Traffic implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ConcurrentHashMap<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final Phaser open = new Phaser(1);
  private final HttpRequest request;
  private volatile String latest = "";

  private Traffic(int port) {
    request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .timeout(Duration.ofSeconds(10))
            .build();
  }

  static Traffic start(int port, int perSecond) {
    var traffic = new Traffic(port);
    var unused =
        traffic.clock.scheduleAtFixedRate(
            traffic::ask, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    return traffic;
  }

  /** The status and body that came last. */
  String latest() {
    return latest;
  }

  /** Stops asking, waits for what is still open, and tells how often each answer came. */
  SortedMap<String, Long> stop() throws InterruptedException {
    clock.shutdown();
    if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the clock does not stop");
    }
    open.arriveAndAwaitAdvance();
    var counts = new TreeMap<String, Long>();
    answers.forEach((answer, count) -> counts.put(answer, count.sum()));
    return counts;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    http.shutdownNow();
  }

  private void ask() {
    open.register();
    var unused =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .handle((response, failure) ->
                failure != null
                    ? failure.toString()
                    : response.statusCode() + " " + response.body().strip())
            .thenAccept(this::count);
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, unseen -> new LongAdder()).increment();
    latest = answer;
    open.arriveAndDeregister();
  }
}
