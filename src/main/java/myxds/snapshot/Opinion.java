package myxds.snapshot;

import java.util.List;
import myxds.gate.Candidate;
import myxds.resource.Problem;

/** What somebody else, such as a real Envoy, says of a state before it is published. */
@FunctionalInterface
public interface Opinion {
  /** Nobody is asked. */
  Opinion NONE = (candidate, version) -> List.of();

  /**
   * What is wrong with it; may take a while, in which what was served is served.
   *
   * @param version of the content: equal content, equal answer
   */
  List<Problem> of(Candidate candidate, String version);
}
