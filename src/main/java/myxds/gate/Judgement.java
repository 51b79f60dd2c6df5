package myxds.gate;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import myxds.resource.Problem;

/**
 * What all documents say together.
 *
 * @param groups every group that has a folder, by name
 * @param problems every problem once, also of what is in no group
 */
public record Judgement(SortedMap<String, Candidate> groups, List<Problem> problems) {

  public Judgement {
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    problems = List.copyOf(problems);
  }
}
