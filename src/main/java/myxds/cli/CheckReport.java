package myxds.cli;

import java.util.List;
import myxds.resource.Problem;

/** What came of a check. */
public sealed interface CheckReport {

  /**
   * The directory was judged.
   *
   * @param problems all of them, sorted by place; their files are relative to the directory
   */
  record Checked(List<Problem> problems, int files, int groups, int resources)
      implements CheckReport {

    public Checked {
      problems = List.copyOf(problems);
    }

    long errors() {
      return problems.stream().filter(Problem::isError).count();
    }
  }

  /**
   * It could not be: the directory or the settings are wrong.
   *
   * @param reasons sentences for the person who asked
   */
  record NotChecked(List<String> reasons) implements CheckReport {

    public NotChecked {
      reasons = List.copyOf(reasons);
    }
  }
}
