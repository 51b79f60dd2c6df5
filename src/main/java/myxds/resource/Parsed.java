package myxds.resource;

import java.util.List;

/** What a document holds, and what is wrong with it. */
public record Parsed(List<Resource> resources, List<Problem> problems) {

  public Parsed {
    resources = List.copyOf(resources);
    problems = List.copyOf(problems);
  }
}
