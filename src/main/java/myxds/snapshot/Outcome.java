package myxds.snapshot;

import java.time.Duration;
import java.util.List;
import myxds.resource.Problem;

/** What became of a new state of a group. Anything but {@link Published} keeps what is served. */
public sealed interface Outcome {

  /** The snapshot is served from now on; {@code took} runs from the documents' arrival. */
  record Published(GroupSnapshot snapshot, Duration took) implements Outcome {}

  /** The content is what is served already. */
  record Unchanged() implements Outcome {}

  /** At least one of the problems is an error. */
  record Refused(List<Problem> problems) implements Outcome {

    /** The first error, and how many more there are. */
    public String summary() {
      var errors = problems.stream().filter(Problem::isError).toList();
      var more = errors.size() > 1 ? " (and %d more)".formatted(errors.size() - 1) : "";
      return errors.isEmpty() ? "" : errors.getFirst() + more;
    }
  }

  /** The state is valid and waits for an approval: the guard objects, or nodes NACKed it. */
  record Held(GroupState.Held held) implements Outcome {}
}
