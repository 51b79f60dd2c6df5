package myxds.gate;

import java.util.ArrayList;
import myxds.resource.Document;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;

/** Says of a document what can be said of it alone. */
final class DocumentCheck {
  private final ResourceParser parser;
  private final ReferenceReader references;

  DocumentCheck(Schema schema, ResourceParser parser) {
    this.parser = parser;
    this.references = new ReferenceReader(schema);
  }

  CheckedDocument of(Document document) {
    var parsed = parser.parse(document);
    boolean common = document.group().equals(Gate.COMMON);
    var members =
        parsed.resources().stream()
            .map(resource -> new Member(resource, references.read(resource.message()), common))
            .toList();
    var problems = new ArrayList<>(parsed.problems());
    return new CheckedDocument(document, members, problems);
  }
}
