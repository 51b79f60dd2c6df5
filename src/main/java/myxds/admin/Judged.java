package myxds.admin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The answers that wait until the files were read and judged. */
final class Judged {
  /** Enough for a large configuration; a stuck disk would block for ever. */
  private static final long MOST_SECONDS = 120;

  private Judged() {}

  /** Waits for the judgement and answers; answers why if there is none. */
  static <T> Reply reply(CompletableFuture<T> judged, Function<T, Reply> answer) {
    try {
      return answer.apply(judged.orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join());
    } catch (CompletionException e) {
      return Reply.problem(503, "Service Unavailable", why(e));
    }
  }

  private static String why(CompletionException e) {
    return e.getCause() instanceof TimeoutException
        ? "the files were not read and judged within %d seconds".formatted(MOST_SECONDS)
        : "the files were not read and judged: " + e.getCause();
  }
}
