package myxds.discovery;

import io.envoyproxy.controlplane.server.DiscoveryServerCallbacks;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import myxds.discovery.engine.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's callbacks, the extension point of those who come from it. They are called on a
 * thread of their own, in order, so that a slow, a throwing or a publishing one hurts no stream;
 * when they are too slow, calls are dropped.
 */
final class LibraryCallbacks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LibraryCallbacks.class);

  private static final int MAY_WAIT = 10_000;

  private final List<DiscoveryServerCallbacks> callbacks;
  private final AtomicLong dropped = new AtomicLong();
  private final ThreadPoolExecutor caller =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAY_WAIT),
          Thread.ofPlatform().name("callbacks").daemon().factory());

  LibraryCallbacks(List<DiscoveryServerCallbacks> callbacks) {
    this.callbacks = List.copyOf(callbacks);
  }

  /** Those on the class path. */
  static LibraryCallbacks onClassPath() {
    return new LibraryCallbacks(
        ServiceLoader.load(DiscoveryServerCallbacks.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  boolean isEmpty() {
    return callbacks.isEmpty();
  }

  void opened(long stream, String typeUrl) {
    each(callback -> callback.onStreamOpen(stream, typeUrl));
  }

  void requested(long stream, Object request) {
    switch (request) {
      case DiscoveryRequest sotw -> each(callback -> callback.onV3StreamRequest(stream, sotw));
      case DeltaDiscoveryRequest delta ->
          each(callback -> callback.onV3StreamDeltaRequest(stream, delta));
      default -> {
        // What cannot be read ends the stream, and that is told.
      }
    }
  }

  /**
   * @param request the last of the response's type; null when there was none
   */
  void responded(long stream, @Nullable Object request, Response response) {
    if (request instanceof DeltaDiscoveryRequest delta) {
      each(callback ->
          callback.onV3StreamDeltaResponse(
              stream, delta, DeltaDiscoveryResponse.parseFrom(bytes(response))));
    } else if (request instanceof DiscoveryRequest sotw) {
      each(callback ->
          callback.onV3StreamResponse(stream, sotw, DiscoveryResponse.parseFrom(bytes(response))));
    }
  }

  void closed(long stream, String typeUrl, Status status) {
    if (status.isOk()) {
      each(callback -> callback.onStreamClose(stream, typeUrl));
    } else {
      each(callback ->
          callback.onStreamCloseWithError(stream, typeUrl, status.asRuntimeException()));
    }
  }

  /** What waits is not called any more. */
  @Override
  public void close() {
    caller.shutdownNow();
  }

  private interface Call {
    void on(DiscoveryServerCallbacks callback) throws Exception;
  }

  private void each(Call call) {
    try {
      caller.execute(() -> callbacks.forEach(callback -> guarded(callback, call)));
    } catch (RejectedExecutionException e) {
      if (!caller.isShutdown() && dropped.getAndIncrement() % MAY_WAIT == 0) {
        log.atWarn().addKeyValue("dropped", dropped.get()).log("callbacks are too slow");
      }
    }
  }

  private static void guarded(DiscoveryServerCallbacks callback, Call call) {
    try {
      call.on(callback);
    } catch (Exception e) {
      log.atError()
          .addKeyValue("callback", callback.getClass().getName())
          .setCause(e)
          .log("callback failed");
    }
  }

  private static byte[] bytes(Response response) throws IOException {
    var bytes = new ByteArrayOutputStream(response.size());
    response.writeTo(bytes);
    return bytes.toByteArray();
  }
}
