package myxds.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * {@code my-xds serve} in a process of its own, so that it can be stopped alone, to see that Envoy
 * goes on without it.
 */
final class ControlPlaneProcess implements AutoCloseable {
  private static final int POLL_MILLIS = 20;

  private final ChildProcess process;
  private final Path portsFile;

  private ControlPlaneProcess(ChildProcess process, Path portsFile) {
    this.process = process;
    this.portsFile = portsFile;
  }

  /**
   * Starts it; what it says goes where our own words go.
   *
   * @param main the program's main class
   * @param portsFile where it shall tell that it is ready
   * @param options of {@code serve}
   */
  static ControlPlaneProcess start(Class<?> main, Path portsFile, Map<String, String> options)
      throws IOException {
    Files.deleteIfExists(portsFile);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(program(main, System.getProperty("java.class.path")));
    command.add("serve");
    command.addAll(List.of("--ports-file", portsFile.toString()));
    options.forEach((option, value) -> command.addAll(List.of(option, value)));
    var process = ChildProcess.start(new ProcessBuilder(command).inheritIO());
    return new ControlPlaneProcess(process, portsFile);
  }

  /** As this process was started: what a jar's manifest allows is allowed only by {@code -jar}. */
  static List<String> program(Class<?> main, String classPath) {
    return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
        ? List.of("-jar", classPath)
        : List.of("-cp", classPath, main.getName());
  }

  /**
   * Waits until it accepts connections.
   *
   * @throws CannotRun if it ends before
   */
  void awaitReady() throws CannotRun, InterruptedException {
    while (!Files.exists(portsFile)) {
      if (ended().isDone()) {
        int code = ended().resultNow();
        throw new CannotRun(code == 0 ? 1 : code, "the control plane ended before it was ready");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Completes with its exit code, however it ends. */
  CompletableFuture<Integer> ended() {
    return process.ended();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
