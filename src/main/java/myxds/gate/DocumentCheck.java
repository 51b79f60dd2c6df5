package myxds.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import myxds.gate.conflict.Conflicts;
import myxds.resource.Document;
import myxds.resource.Finding;
import myxds.resource.Places;
import myxds.resource.Problem;
import myxds.resource.Resource;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;
import myxds.resource.rules.FieldRules;
import org.jspecify.annotations.Nullable;

/** Says of a document what can be said of it alone. */
final class DocumentCheck {
  /**
   * The api in this program wants these not empty; newer ones do not, nor does Envoy 1.40, which
   * then takes the default value.
   */
  private static final Set<String> RULES_THAT_ENVOY_DROPPED =
      Set.of(
          "envoy.config.core.v3.RuntimeDouble.runtime_key",
          "envoy.config.core.v3.RuntimeFeatureFlag.runtime_key",
          "envoy.config.core.v3.RuntimePercent.runtime_key",
          "envoy.config.core.v3.RuntimeUInt32.runtime_key");

  private final ResourceParser parser;
  private final FieldRules rules;
  private final Conflicts conflicts;
  private final ReferenceReader reader;

  DocumentCheck(Schema schema, Conflicts conflicts) {
    this.conflicts = conflicts;
    this.parser = new ResourceParser(schema);
    this.rules = new FieldRules(schema, RULES_THAT_ENVOY_DROPPED);
    this.reader = new ReferenceReader(schema);
  }

  CheckedDocument of(Document document) {
    var parsed = parser.parse(document);
    var problems = new ArrayList<>(parsed.problems());
    var members = new ArrayList<Member>(parsed.resources().size());
    var telling = new Telling(document, problems);
    boolean common = document.group().equals(Gate.COMMON);
    for (var resource : parsed.resources()) {
      rules.check(resource.message()).forEach(finding -> telling.tell(resource, finding));
      conflicts.inside(resource).forEach(finding -> telling.tell(resource, finding));
      members.add(new Member(resource, reader.read(resource.message()), common));
    }
    return new CheckedDocument(document, members, problems);
  }

  /** Findings become problems: only then is it looked up where things stand. */
  private static final class Telling {
    private final Document document;
    private final List<Problem> problems;
    private @Nullable Places places;

    Telling(Document document, List<Problem> problems) {
      this.document = document;
      this.problems = problems;
    }

    void tell(Resource resource, Finding finding) {
      if (places == null) {
        places = new Places(document);
      }
      var origin = places.of(resource, finding.path());
      problems.add(new Problem(finding.severity(), origin, finding.message(), resource.id()));
    }
  }
}
