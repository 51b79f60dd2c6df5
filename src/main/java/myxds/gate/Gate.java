package myxds.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import myxds.gate.conflict.Conflicts;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.Schema;

/**
 * Judges a whole state: what its documents hold, what is wrong with each resource, and what is
 * wrong between those of a group. The same in the daemon, in {@code check} and in the API.
 *
 * <p>It remembers the last state, so that of the next one only what changed is read and checked
 * again. Owned by one thread.
 */
public final class Gate {
  /** The folder whose resources every group gets. */
  public static final String COMMON = "_common";

  /** Enough to renew a certificate in peace. */
  private static final Duration SOON = Duration.ofDays(30);

  private final Conflicts conflicts;
  private final DocumentCheck check;
  private final Surroundings surroundings;

  /** For groups that the bootstrap's node does not belong to. */
  private final Surroundings others;

  private Map<String, CheckedDocument> checked = Map.of();
  private Map<String, Group> groups = Map.of();

  /** What a group was judged by, and how. */
  private record Group(
      List<CheckedDocument> documents,
      List<Problem> unreadable,
      Surroundings around,
      Candidate result) {

    /** Documents that did not change are the same objects: this is a matter of pointers. */
    boolean isOf(Part part, Surroundings around) {
      return this.around.equals(around)
          && documents.equals(part.documents)
          && unreadable.equals(part.unreadable);
    }
  }

  public Gate(Schema schema, Surroundings surroundings) {
    this.conflicts = new Conflicts(schema, surroundings.clock(), surroundings.fileExists(), SOON);
    this.check = new DocumentCheck(schema, conflicts);
    this.surroundings = surroundings;
    this.others = surroundings.withoutRequests();
  }

  /** One for which only this is known besides the state. */
  public Gate(Schema schema, Bootstrap bootstrap) {
    this(schema, Surroundings.of(bootstrap));
  }

  public Judgement judge(Documents documents) {
    var now = new HashMap<String, CheckedDocument>();
    var parts = new TreeMap<String, Part>();
    for (var document : documents.documents()) {
      var one = checked(document);
      now.put(document.path(), one);
      part(parts, document.path()).documents.add(one);
    }
    for (var problem : documents.unreadable()) {
      part(parts, problem.origin().file()).unreadable.add(problem);
    }
    checked = now;
    return judged(parts);
  }

  private CheckedDocument checked(Document document) {
    var before = checked.get(document.path());
    return before != null && before.document().equals(document) ? before : check.of(document);
  }

  private Judgement judged(SortedMap<String, Part> parts) {
    // What stands beside the group folders belongs to no group.
    var beside = removed(parts, "");
    var common = removed(parts, COMMON);
    var now = new HashMap<String, Group>();
    parts.forEach((name, part) ->
        now.put(name, group(name, common.with(part), around(name, parts.keySet()))));
    groups = now;
    var candidates = new TreeMap<String, Candidate>();
    now.forEach((name, group) -> candidates.put(name, group.result));
    var problems = new LinkedHashSet<Problem>();
    candidates.values().forEach(candidate -> problems.addAll(candidate.problems()));
    problems.addAll(beside.problems());
    problems.addAll(common.problems());
    return new Judgement(candidates, List.copyOf(problems));
  }

  private Group group(String name, Part part, Surroundings around) {
    var before = groups.get(name);
    if (before != null && before.isOf(part, around)) {
      return before;
    }
    var result = new GroupCheck(name, part.documents, conflicts, around).of(part.unreadable);
    return new Group(part.documents, part.unreadable, around, result);
  }

  /**
   * Returns what a group is judged against. A bootstrap whose node belongs to one of the groups
   * tells what that group's nodes ask for; any other bootstrap is taken for that of all nodes.
   */
  private Surroundings around(String group, Set<String> all) {
    var requests = surroundings.bootstrap().requests();
    boolean isAnothers =
        requests != null && !requests.group().equals(group) && all.contains(requests.group());
    return isAnothers ? others : surroundings;
  }

  private static Part part(Map<String, Part> parts, String path) {
    return parts.computeIfAbsent(
        Document.groupOf(path), group -> new Part(new ArrayList<>(), new ArrayList<>()));
  }

  private static Part removed(Map<String, Part> parts, String group) {
    var part = parts.remove(group);
    return part == null ? new Part(List.of(), List.of()) : part;
  }

  /** A folder's share of a state. */
  private record Part(List<CheckedDocument> documents, List<Problem> unreadable) {

    Part with(Part other) {
      return new Part(joined(documents, other.documents), joined(unreadable, other.unreadable));
    }

    List<Problem> problems() {
      var all = new ArrayList<>(unreadable);
      documents.forEach(document -> all.addAll(document.problems()));
      return all;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
      var all = new ArrayList<T>(first.size() + second.size());
      all.addAll(first);
      all.addAll(second);
      return all;
    }
  }
}
