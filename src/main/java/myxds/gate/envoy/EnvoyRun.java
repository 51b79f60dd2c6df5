package myxds.gate.envoy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One start of {@code envoy --mode validate}. */
record EnvoyRun(Path binary) {
  /** Of its output, enough for a refusal that quotes a large resource. */
  private static final int MOST_OUTPUT = 1 << 20;

  private static final Pattern REFUSAL =
      Pattern.compile(
          "\\[critical].*?error initializing config(?:uration)? '.*?': (.*)", Pattern.DOTALL);

  /** What it said. */
  sealed interface Answer {
    record Fine() implements Answer {}

    /**
     * It would not start with this.
     *
     * @param words its own
     */
    record Refusal(String words) implements Answer {}

    /**
     * It said nothing that tells.
     *
     * @param why one sentence without a full stop
     */
    record Silence(String why) implements Answer {}
  }

  Answer ask(String bootstrap, Duration limit) throws InterruptedException {
    Path folder = null;
    try {
      // Readable for nobody else: it may hold secrets.
      folder = Files.createTempDirectory("my-xds-validate");
      return ask(Files.writeString(folder.resolve("bootstrap.json"), bootstrap), limit);
    } catch (IOException e) {
      return new Answer.Silence("cannot be asked: " + e.getMessage());
    } finally {
      delete(folder);
    }
  }

  private Answer ask(Path file, Duration limit) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                binary.toString(),
                "--mode",
                "validate",
                "--log-level",
                "critical",
                "--use-dynamic-base-id",
                "--concurrency",
                "1",
                "-c",
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (var in = process.getInputStream()) {
      // Somebody whom it left behind may hold its output open for ever.
      var output =
          CompletableFuture.supplyAsync(() -> read(in), Thread::startVirtualThread)
              .completeOnTimeout("", limit.toNanos(), TimeUnit.NANOSECONDS);
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return new Answer.Silence("did not answer in time");
      }
      return answer(process.exitValue(), output.join());
    } finally {
      // It may be a script that started one.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Answer answer(int exit, String output) {
    if (exit == 0) {
      return new Answer.Fine();
    }
    var refusal = REFUSAL.matcher(output);
    return refusal.find()
        ? new Answer.Refusal(refusal.group(1).strip())
        : new Answer.Silence("ended with %d and said: %s".formatted(exit, shortened(output)));
  }

  private static String shortened(String output) {
    var text = output.strip();
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }

  /** Reads to the end, so that the process never waits; keeps the beginning. */
  private static String read(InputStream in) {
    try {
      var text = new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
      in.transferTo(OutputStream.nullOutputStream());
      return text;
    } catch (IOException e) {
      return "";
    }
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve("bootstrap.json"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A temporary folder of the system, which empties it.
      folder.toFile().deleteOnExit();
    }
  }
}
