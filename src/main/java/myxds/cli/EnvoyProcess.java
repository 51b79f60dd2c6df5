package myxds.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A running Envoy. */
final class EnvoyProcess implements AutoCloseable {
  private static final int TAIL = 10;

  private final ChildProcess process;
  private final Path log;

  private EnvoyProcess(ChildProcess process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param log gets what it says, from the beginning
   */
  static EnvoyProcess start(Path binary, Path bootstrap, Path log) throws IOException {
    var command =
        new ProcessBuilder(binary.toString(), "-c", bootstrap.toString(), "--use-dynamic-base-id")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    return new EnvoyProcess(ChildProcess.start(command), log);
  }

  /** Completes with its exit code, however it ends. */
  CompletableFuture<Integer> ended() {
    return process.ended();
  }

  /** How it ended, and the last that it said. */
  String obituary() throws IOException {
    var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    var tail = lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
    return "Envoy ended with %d; the end of %s:\n%s"
        .formatted(ended().join(), log, String.join("\n", tail));
  }

  @Override
  public void close() {
    process.close();
  }
}
