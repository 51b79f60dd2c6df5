package myxds.admin;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who listens what happens, as server-sent events, each on its request's own thread. */
final class EventStream {
  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  /** More are sent away: each holds a connection. */
  private static final int MOST = 2_000;

  private static final int AT_ONCE = 500;
  private static final Duration LOOKS_EVERY = Duration.ofMillis(50);

  /** A proxy in between ends what is silent; and who is gone is noticed by writing only. */
  private static final Duration SPEAKS_EVERY = Duration.ofSeconds(15);

  private final Events events;
  private final AtomicInteger listeners = new AtomicInteger();
  private volatile boolean closed;

  EventStream(Events events) {
    this.events = events;
  }

  /** Whether there is room for another. */
  boolean hasRoom() {
    return listeners.get() < MOST;
  }

  /** Tells until the client goes or the server stops. */
  void serve(ServerRequest request, ServerResponse response) {
    listeners.incrementAndGet();
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    try (var out = response.outputStream()) {
      tell(first(request), out);
    } catch (IOException | UncheckedIOException e) {
      log.atDebug().addKeyValue("reason", e.toString()).log("a listener left");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.decrementAndGet();
    }
  }

  /** The number of the event that the client wants next. */
  private long first(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.create("Last-Event-ID"))
        .filter(id -> id.matches("\\d{1,18}"))
        .map(id -> Long.parseLong(id) + 1)
        .orElse(events.last() + 1);
  }

  private void tell(long first, OutputStream out) throws IOException, InterruptedException {
    long next = first;
    write(out, ": my-xds\n\n");
    long spoken = System.nanoTime();
    while (!closed) {
      var some = events.from(next, AT_ONCE);
      // A number that was never given is one of before a restart.
      if (some == null || next > events.last() + 1) {
        next = events.last() + 1;
        write(out, "id: %d\nevent: reset\ndata: {}\n\n".formatted(next - 1));
        spoken = System.nanoTime();
      } else if (!some.isEmpty()) {
        var text = new StringBuilder();
        some.forEach(event -> text.append(event.written()));
        write(out, text.toString());
        next += some.size();
        spoken = System.nanoTime();
      } else if (System.nanoTime() - spoken > SPEAKS_EVERY.toNanos()) {
        write(out, ": still here\n\n");
        spoken = System.nanoTime();
      } else {
        Thread.sleep(LOOKS_EVERY);
      }
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Lets all of them go. */
  void close() {
    closed = true;
  }
}
