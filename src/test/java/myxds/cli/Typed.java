package myxds.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that runs on, as in a terminal of its own. */
final class Typed implements AutoCloseable {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Thread thread;

  Typed(Commands.Parts parts, String... arguments) {
    var command =
        Commands.commandLine(Object.class, parts)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    thread = Thread.ofPlatform().start(() -> ended.complete(command.execute(arguments)));
  }

  String out() {
    return out.toString();
  }

  List<String> lines() {
    return out().lines().toList();
  }

  String err() {
    return err.toString();
  }

  /** Waits for so many lines. */
  Typed prints(int lines) {
    await()
        .failFast(() -> ended.isDone() && lines().size() < lines)
        .untilAsserted(() -> assertThat(lines()).as(this::err).hasSizeGreaterThanOrEqualTo(lines));
    return this;
  }

  /** Waits for these words among what is not the answer. */
  Typed says(String words) {
    await().untilAsserted(() -> assertThat(err()).contains(words));
    return this;
  }

  /** Its exit code. */
  int ends() {
    return ended.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** As Ctrl-C does. */
  void interrupt() {
    thread.interrupt();
  }

  @Override
  public void close() {
    interrupt();
    ends();
  }
}
