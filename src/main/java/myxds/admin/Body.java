package myxds.admin;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.time.Duration;
import myxds.port.BodyFault;

/** What came of reading a request's body, of which no more is read, and no longer, than is good. */
sealed interface Body {
  /** A client that sends a byte now and then keeps a thread, though a light one. */
  Duration PATIENCE = Duration.ofSeconds(60);

  /** All of it. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, and compared by nobody
  record Whole(byte[] bytes) implements Body {}

  /** Why not; nobody reads what remains, so no other request can follow on the connection. */
  record Refused(Reply reply) implements Body {}

  /**
   * Reads it.
   *
   * @param limit in bytes
   */
  static Body of(ServerRequest request, int limit) {
    if (!request.content().hasEntity()) {
      return new Whole(new byte[0]);
    }
    // Nothing else ends a read: Helidon's own time limit is not one of a virtual thread's.
    var watch = watch(Thread.currentThread());
    try (var in = request.content().inputStream()) {
      var bytes = in.readNBytes(limit + 1);
      return bytes.length > limit ? tooLarge(limit) : new Whole(bytes);
    } catch (IOException | RuntimeException e) {
      BodyFault.log(request, e);
      return refused(400, "Bad Request", "the body ended early");
    } finally {
      watch.interrupt();
    }
  }

  private static Thread watch(Thread reader) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(PATIENCE);
            reader.interrupt();
          } catch (InterruptedException e) {
            // It came in time.
            Thread.currentThread().interrupt();
          }
        });
  }

  private static Body tooLarge(int limit) {
    var detail = "the body is too large (expected: at most %d MiB)".formatted(limit >> 20);
    return refused(413, "Content Too Large", detail);
  }

  private static Body refused(int status, String title, String detail) {
    return new Refused(Reply.problem(status, title, detail).with("Connection", "close"));
  }
}
