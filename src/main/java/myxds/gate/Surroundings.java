package myxds.gate;

import java.time.InstantSource;
import java.util.function.Predicate;
import myxds.resource.Problem.Severity;

/**
 * What a state is judged against besides itself.
 *
 * @param bootstrap what the nodes have of their own
 * @param missing how bad it is at most if nobody has what a resource asks for
 * @param clock what certificates are valid by
 * @param fileExists whether there is a file or folder of this name on this machine
 */
public record Surroundings(
    Bootstrap bootstrap, Severity missing, InstantSource clock, Predicate<String> fileExists) {

  /** Of whom only the bootstrap is known, and there are no files. */
  public static Surroundings of(Bootstrap bootstrap) {
    return new Surroundings(bootstrap, Severity.ERROR, InstantSource.system(), file -> false);
  }

  /** Returns the same for groups that the bootstrap's node does not belong to. */
  Surroundings withoutRequests() {
    return new Surroundings(bootstrap.withoutRequests(), missing, clock, fileExists);
  }

  Severity atMost(Severity severity) {
    return severity == missing ? severity : Severity.WARNING;
  }
}
