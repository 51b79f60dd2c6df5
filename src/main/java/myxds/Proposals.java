package myxds;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import myxds.admin.AdminServer;
import myxds.diff.GroupDiff;
import myxds.diff.Proposal;
import myxds.gate.Candidate;
import myxds.gate.Gate;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.Schema;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.PublishedState;
import org.jspecify.annotations.Nullable;

/** Judges a state as the publisher would, and compares it with what is served instead. */
final class Proposals implements AdminServer.Proposing {
  private final Schema schema;
  private final Supplier<LiveOptions> options;
  private final Supplier<PublishedState> served;

  Proposals(Schema schema, Supplier<LiveOptions> options, Supplier<PublishedState> served) {
    this.schema = schema;
    this.options = options;
    this.served = served;
  }

  @Override
  public List<Problem> check(Documents documents) {
    var judgement = gate().judge(documents);
    return Stream.concat(
            options
                .get()
                .groups()
                .findings(group -> judgement.groups().containsKey(group))
                .stream(),
            judgement.problems().stream())
        .toList();
  }

  @Override
  public Proposal diff(Documents documents) {
    var judgement = gate().judge(documents);
    if (judgement.problems().stream().anyMatch(Problem::isError)) {
      return new Proposal.Invalid(judgement.problems());
    }
    return diff(judgement.groups());
  }

  private Proposal diff(SortedMap<String, Candidate> candidates) {
    var state = served.get();
    var names = new TreeSet<>(candidates.keySet());
    names.addAll(state.groups().keySet());
    var groups = new ArrayList<GroupDiff>();
    var held = new TreeMap<String, String>();
    for (var name : names) {
      var before = state.group(name).map(GroupState::served).orElse(null);
      var next = next(candidates.get(name), before);
      if (before != null || next != null) {
        groups.add(GroupDiff.between(name, before, next, schema));
      }
      if (before != null) {
        var then = next == null ? GroupSnapshot.of(List.of()) : next;
        options
            .get()
            .checks()
            .guard()
            .objection(before, then)
            .ifPresent(why -> held.put(name, why));
      }
    }
    return new Proposal.Valid(groups, held);
  }

  /** Anew each time: what it would remember of a state is as large as the state. */
  private Gate gate() {
    return new Gate(schema, options.get().surroundings());
  }

  private static @Nullable GroupSnapshot next(
      @Nullable Candidate candidate, @Nullable GroupSnapshot before) {
    return candidate == null ? null : GroupSnapshot.of(candidate.resources(), before);
  }
}
