package myxds;

import java.util.ArrayList;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import myxds.diff.GroupDiff;
import myxds.diff.Proposal;
import myxds.resource.Configuration;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.ResourceParser;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.PublishedState;
import org.jspecify.annotations.Nullable;

/** Judges a state as the publisher would, and compares it with what is served instead. */
final class Proposals implements Function<Documents, Proposal> {
  private final Schema schema;
  private final ResourceParser parser;
  private final Supplier<PublishedState> served;

  Proposals(Schema schema, Supplier<PublishedState> served) {
    this.schema = schema;
    this.parser = new ResourceParser(schema);
    this.served = served;
  }

  @Override
  public Proposal apply(Documents documents) {
    var configuration = Configuration.of(documents, parser);
    if (configuration.problems().stream().anyMatch(Problem::isError)) {
      return new Proposal.Invalid(configuration.problems());
    }
    var state = served.get();
    var names = new TreeSet<>(configuration.groups().keySet());
    names.addAll(state.groups().keySet());
    var groups = new ArrayList<GroupDiff>();
    for (var name : names) {
      var before = state.group(name).map(GroupState::served).orElse(null);
      var next = next(configuration, name, before);
      if (before != null || next != null) {
        groups.add(GroupDiff.between(name, before, next, schema));
      }
    }
    return new Proposal.Valid(groups);
  }

  private static @Nullable GroupSnapshot next(
      Configuration configuration, String group, @Nullable GroupSnapshot before) {
    var parsed = configuration.groups().get(group);
    return parsed == null ? null : GroupSnapshot.of(parsed.resources(), before);
  }
}
