package myxds.resource;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the input, as a value: bad input never throws.
 *
 * @param origin where
 * @param message what, and what was expected, in one sentence without a full stop
 * @param resource which resource, when it is known
 */
public record Problem(
    Severity severity, Origin origin, String message, @Nullable ResourceId resource) {

  /** A message may quote the input, and that may be a book. */
  private static final int MOST = 4_000;

  public Problem {
    message = message.length() <= MOST ? message : message.substring(0, MOST) + "…";
  }

  /** What a problem does: an error keeps its group from being published, a warning does not. */
  public enum Severity {
    ERROR,
    WARNING;

    /** In lower case, as messages and the API write it. */
    public String word() {
      return this == ERROR ? "error" : "warning";
    }
  }

  public static Problem error(Origin origin, String message) {
    return new Problem(Severity.ERROR, origin, message, null);
  }

  public static Problem warning(Origin origin, String message) {
    return new Problem(Severity.WARNING, origin, message, null);
  }

  /** The same problem, said of a resource. */
  public Problem in(ResourceId resource) {
    return new Problem(severity, origin, message, resource);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code file:line:column: severity: message}. */
  @Override
  public String toString() {
    return origin + ": " + severity.word() + ": " + message;
  }
}
