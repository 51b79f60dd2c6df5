package myxds.diff;

import java.util.List;
import java.util.Map;
import myxds.resource.Problem;

/** What became of a state that somebody proposed, and that is not published. */
public sealed interface Proposal {

  /**
   * It could be published.
   *
   * @param groups what that would change in each group, sorted by name
   * @param held why groups would be held until somebody approves, by name
   */
  record Valid(List<GroupDiff> groups, Map<String, String> held) implements Proposal {

    public Valid {
      groups = List.copyOf(groups);
      held = Map.copyOf(held);
    }
  }

  /** At least one of the problems is an error. */
  record Invalid(List<Problem> problems) implements Proposal {

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
