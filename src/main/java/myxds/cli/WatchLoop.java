package myxds.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** Follows what a server says until there is enough of it, over lost connections. */
final class WatchLoop {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final Watching watching;
  private final Watching.Wish wish;
  private final WatchOutput output;
  private final PrintWriter err;
  private Duration pause = FIRST_PAUSE;
  private boolean worked;

  WatchLoop(Watching watching, Watching.Wish wish, WatchOutput output, PrintWriter err) {
    this.watching = watching;
    this.wish = wish;
    this.output = output;
    this.err = err;
  }

  /**
   * @throws CannotRun if there is no server to follow; one that was there is waited for
   */
  void run() throws CannotRun, InterruptedException {
    for (var end = stream(); end != null; end = stream()) {
      if (!worked) {
        throw new CannotRun(ExitCode.USAGE, neverWorked(end));
      }
      say("lost %s: %s; trying again in %d ms".formatted(at(), reason(end), pause.toMillis()));
      Thread.sleep(pause);
      var longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /** Why it ended; null if there was enough. */
  private @Nullable IOException stream() throws InterruptedException {
    try (var stream = watching.open(wish)) {
      return follow(stream);
    }
  }

  private @Nullable IOException follow(Watching.Stream stream) throws InterruptedException {
    try {
      output.print(new Patience(this::stillWaiting).during(stream::next));
      worked = true;
      pause = FIRST_PAUSE;
      while (!output.isEnough()) {
        output.print(stream.next());
      }
      return null;
    } catch (IOException e) {
      worked |= stream.worked();
      return e;
    }
  }

  private void stillWaiting() {
    say(
        "%s has not answered yet; a node of no group gets no answer, nor do names that nobody has"
            .formatted(at()));
  }

  private String neverWorked(IOException end) {
    var advice =
        end instanceof ConnectException
            ? "is it running, and ready? --xds HOST:PORT says where it is"
            : "--xds HOST:PORT expects the gRPC port of an xDS server, which is 9002 of my-xds";
    return Lines.printable("cannot watch %s: %s; %s".formatted(at(), reason(end), advice));
  }

  private static String reason(IOException end) {
    return end instanceof ConnectException
        ? "nothing answers there"
        : String.valueOf(end.getMessage());
  }

  private HostPort at() {
    return new HostPort(wish.server().getHostString(), wish.server().getPort());
  }

  private void say(String sentence) {
    err.println("my-xds: " + Lines.printable(sentence));
    err.flush();
  }
}
