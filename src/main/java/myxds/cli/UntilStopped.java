package myxds.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Turns SIGTERM and Ctrl-C into an interrupt of the thread that runs the command. There is no other
 * shutdown hook: hooks run side by side, and one that ended the process could do so before another
 * has stopped an Envoy. A JVM that a signal ends would exit with 143 or 130; a clean stop is 0.
 */
final class UntilStopped {
  private static final int GRACE_SECONDS = 30;

  private final Thread caller = Thread.currentThread();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  private UntilStopped() {}

  static int run(IntSupplier command) {
    return new UntilStopped().call(command);
  }

  private int call(IntSupplier command) {
    var hook = new Thread(this::stop, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    int result = 1;
    try {
      result = command.getAsInt();
    } finally {
      exitCode.complete(result);
      forget(hook);
    }
    return result;
  }

  private void stop() {
    caller.interrupt();
    int code = exitCode.completeOnTimeout(1, GRACE_SECONDS, TimeUnit.SECONDS).join();
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook is what ends it.
      return;
    }
  }
}
