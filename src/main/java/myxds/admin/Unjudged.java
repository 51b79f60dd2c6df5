package myxds.admin;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** The answer when files were to be read and judged, and were not. */
final class Unjudged {
  /** Enough for a large configuration; a stuck disk would block for ever. */
  static final long MOST_SECONDS = 120;

  private Unjudged() {}

  static Reply reply(CompletionException e) {
    var why =
        e.getCause() instanceof TimeoutException
            ? "the files were not read and judged within %d seconds".formatted(MOST_SECONDS)
            : "the files were not read and judged: " + e.getCause();
    return Reply.problem(503, "Service Unavailable", why);
  }
}
