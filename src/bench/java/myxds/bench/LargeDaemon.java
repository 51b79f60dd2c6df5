package myxds.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The daemon as people start it, and what it prints, with the time at which it did. */
final class LargeDaemon implements AutoCloseable {
  private static final long SECONDS = 120;

  private final Process process;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

  /** A line and when it was read, {@link System#nanoTime}. */
  record Line(String text, long nanos) {}

  LargeDaemon(Path config, Path state) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    "./my-xds",
                    "serve",
                    "--config=" + config,
                    "--state=" + state,
                    "--grpc-port=0",
                    "--rest-port=0",
                    "--admin-port=0"))
            .redirectErrorStream(true)
            .start();
    Thread.ofPlatform().daemon().start(this::read);
  }

  private void read() {
    try (var in = process.inputReader()) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(new Line(line, System.nanoTime()));
      }
    } catch (IOException e) {
      lines.add(new Line("ended: " + e, System.nanoTime()));
    }
  }

  /** The next line of this kind; those before it are forgotten. */
  Line await(Predicate<String> kind) throws InterruptedException {
    for (var line = next(); ; line = next()) {
      if (kind.test(line.text)) {
        return line;
      }
    }
  }

  private Line next() throws InterruptedException {
    var line = lines.poll(SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new IllegalStateException("the daemon said nothing for " + SECONDS + " s");
    }
    return line;
  }

  long pid() {
    return process.pid();
  }

  /** In MB, a line of /proc/PID/status. */
  long memory(String name) throws IOException {
    try (var status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return status
              .filter(line -> line.startsWith(name + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum()
          / 1024;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
