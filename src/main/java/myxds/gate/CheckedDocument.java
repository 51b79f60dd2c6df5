package myxds.gate;

import java.util.List;
import myxds.resource.Document;
import myxds.resource.Problem;

/**
 * A document and all that can be said of it alone, so that it is said once for as long as the
 * document does not change.
 */
record CheckedDocument(Document document, List<Member> members, List<Problem> problems) {

  CheckedDocument {
    members = List.copyOf(members);
    problems = List.copyOf(problems);
  }
}
