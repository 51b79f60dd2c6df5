package myxds;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handlers of SIGHUP, which reloads, and of SIGUSR1, which would end the JVM and is ignored.
 * The compiler warns about each use of {@code sun.misc.Signal}, so it is called by reflection.
 */
final class Signals implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Signals.class);

  private final List<Handled> handled = new ArrayList<>();

  /** A signal and its previous handler. */
  private record Handled(Object signal, Object before) {}

  /** Installs the handlers until {@link #close}. */
  void handle(Runnable reload) {
    handle("HUP", reload);
    handle("USR1", () -> log.atInfo().addKeyValue("signal", "SIGUSR1").log("ignored"));
  }

  private void handle(String name, Runnable action) {
    try {
      var type = Class.forName("sun.misc.Signal");
      var signal = type.getConstructor(String.class).newInstance(name);
      var run = MethodHandles.lookup().bind(action, "run", MethodType.methodType(void.class));
      var handler =
          MethodHandleProxies.asInterfaceInstance(
              Class.forName("sun.misc.SignalHandler"), MethodHandles.dropArguments(run, 0, type));
      handled.add(new Handled(signal, set(signal, handler)));
    } catch (ReflectiveOperationException e) {
      log.atWarn()
          .addKeyValue("signal", name)
          .addKeyValue("reason", e.toString())
          .log("could not handle a signal");
    }
  }

  private static Object set(Object signal, Object handler) throws ReflectiveOperationException {
    var handlers = Class.forName("sun.misc.SignalHandler");
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), handlers)
        .invoke(null, signal, handler);
  }

  @Override
  public void close() {
    for (var one : handled) {
      try {
        set(one.signal, one.before);
      } catch (ReflectiveOperationException e) {
        log.atDebug().setCause(e).log("could not give a signal back");
      }
    }
  }
}
