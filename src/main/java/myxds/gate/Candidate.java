package myxds.gate;

import java.util.List;
import myxds.resource.Document;
import myxds.resource.FieldPath;
import myxds.resource.Origin;
import myxds.resource.Places;
import myxds.resource.Problem;
import myxds.resource.Resource;

/**
 * What a group would be served. A group of which nothing changed keeps its candidate: the same
 * object.
 *
 * @param resources no two of them with the same id
 * @param problems all that concern the group
 * @param documents where its resources come from
 */
public record Candidate(
    String group, List<Resource> resources, List<Problem> problems, List<Document> documents) {

  public Candidate {
    resources = List.copyOf(resources);
    problems = List.copyOf(problems);
    documents = List.copyOf(documents);
  }

  /** One of which nothing is left. */
  public static Candidate empty(String group) {
    return new Candidate(group, List.of(), List.of(), List.of());
  }

  /** Whether nothing that it holds would break. */
  public boolean isSound() {
    return problems.stream().noneMatch(Problem::isError);
  }

  /** Where a field of one of its resources stands; the document is read for it once more. */
  public Origin place(Resource resource, FieldPath path) {
    var file = resource.origin().file();
    return documents.stream()
        .filter(document -> document.path().equals(file))
        .findFirst()
        .map(document -> new Places(document).of(resource, path))
        .orElse(resource.origin());
  }
}
