package myxds.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is told and answers in lines, and ends with its standard input. */
final class Child implements AutoCloseable {
  /** Linux counts CPU time in these for /proc, whatever the kernel was built with. */
  private static final int TICK_MS = 10;

  private final String name;
  private final Process process;
  private final PrintStream commands;
  private final BufferedReader answers;

  Child(String name, List<String> command) throws IOException {
    this.name = name;
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  void tell(String line) {
    commands.println(line);
  }

  /** The rest of the next line, which must begin with the word; waits for it. */
  String await(String word) throws IOException {
    var line = answers.readLine();
    if (line == null || !line.startsWith(word)) {
      throw new IllegalStateException(
          "%s: %s (expected: %s)".formatted(name, line == null ? "it ended" : line, word));
    }
    return line.substring(word.length()).strip();
  }

  /** What /proc counts in ticks. */
  static long millis(String ticks) {
    return TICK_MS * Long.parseLong(ticks);
  }

  /** The CPU time that it has had, user and system, in ms. */
  long cpuMillis() throws IOException {
    var stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
    // From the third field on: the second is the name, which may hold anything.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return millis(fields[11]) + millis(fields[12]);
  }

  /** The memory that it has in RAM, in MB. */
  long residentMegabytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      var line = lines.filter(one -> one.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
    }
  }

  @Override
  public void close() {
    commands.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
