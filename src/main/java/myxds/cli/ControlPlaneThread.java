package myxds.cli;

import java.util.concurrent.CompletableFuture;

/** The daemon in a thread of its own. */
final class ControlPlaneThread implements AutoCloseable {
  private static final long GRACE_MILLIS = 20_000;

  private final CompletableFuture<Ports> ready = new CompletableFuture<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Thread thread;

  private ControlPlaneThread(Serving serving, ServeRequest request) {
    this.thread = new Thread(() -> serve(serving, request), "control-plane");
  }

  static ControlPlaneThread start(Serving serving, ServeRequest request) {
    var controlPlane = new ControlPlaneThread(serving, request);
    controlPlane.thread.start();
    return controlPlane;
  }

  /** Its ports, once it accepts connections. */
  CompletableFuture<Ports> ready() {
    return ready;
  }

  /** Its exit code, however it ends. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  /** What it ended with; ending unasked is a failure, whatever the daemon calls it. */
  int exitCode() {
    int code = ended.resultNow();
    return code == 0 ? 1 : code;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Serving serving, ServeRequest request) {
    int code = 1;
    try {
      code = serving.serve(request, ready::complete);
    } finally {
      ended.complete(code);
    }
  }
}
