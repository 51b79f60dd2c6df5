package myxds.gate;

import java.util.List;
import myxds.resource.Problem;
import myxds.resource.Resource;

/**
 * What a group would be served. A group of which nothing changed keeps its candidate: the same
 * object.
 *
 * @param resources no two of them with the same id
 * @param problems all that concern the group
 */
public record Candidate(String group, List<Resource> resources, List<Problem> problems) {

  public Candidate {
    resources = List.copyOf(resources);
    problems = List.copyOf(problems);
  }

  /** Whether nothing that it holds would break. */
  public boolean isSound() {
    return problems.stream().noneMatch(Problem::isError);
  }
}
