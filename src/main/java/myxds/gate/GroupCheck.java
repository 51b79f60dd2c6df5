package myxds.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import myxds.gate.conflict.Conflicts;
import myxds.resource.Document;
import myxds.resource.Located;
import myxds.resource.Origin;
import myxds.resource.Places;
import myxds.resource.Problem;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import org.jspecify.annotations.Nullable;

/** Says what is wrong between the resources of one group. */
final class GroupCheck {
  private final Map<ResourceId, Member> first = new LinkedHashMap<>();
  private final Set<ResourceId> told = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private final String group;
  private final List<CheckedDocument> checked;
  private final Conflicts conflicts;
  private final Surroundings surroundings;
  private final @Nullable CheckedDocument bootstrap;
  private final Map<String, Document> documents = new HashMap<>();
  private final Map<String, Places> places = new HashMap<>();

  /**
   * @param documents the common ones and its own
   */
  GroupCheck(
      String group,
      List<CheckedDocument> documents,
      Conflicts conflicts,
      Surroundings surroundings) {
    this.group = group;
    this.checked = documents;
    this.conflicts = conflicts;
    this.surroundings = surroundings;
    var requests = surroundings.bootstrap().requests();
    this.bootstrap = requests == null ? null : requests.document();
    documents.forEach(this::knows);
    if (bootstrap != null) {
      knows(bootstrap);
    }
  }

  private void knows(CheckedDocument one) {
    documents.putIfAbsent(one.document().path(), one.document());
  }

  /**
   * @param unreadable what could not be read of its documents
   */
  Candidate of(List<Problem> unreadable) {
    problems.addAll(unreadable);
    for (var document : checked) {
      problems.addAll(document.problems());
      document.members().forEach(this::unique);
    }
    var resources = first.values().stream().map(Member::resource).toList();
    references();
    tell(conflicts.between(resources));
    var texts = checked.stream().map(CheckedDocument::document).toList();
    return new Candidate(group, resources, problems, texts);
  }

  /** What is missing because it cannot be read is no fault of who asks for it. */
  private void references() {
    var broken = problems.stream().filter(Problem::isError).map(Problem::resource).toList();
    if (broken.stream().noneMatch(id -> id == null || id.name().isEmpty())) {
      tell(References.check(first.values(), Set.copyOf(broken), surroundings));
    }
  }

  /** Of resources with one id the first is kept, and both are told. */
  private void unique(Member member) {
    var resource = member.resource();
    var other = first.putIfAbsent(resource.id(), member);
    if (other != null) {
      if (told.add(resource.id())) {
        problems.add(twice(other.resource(), resource));
      }
      problems.add(twice(resource, other.resource()));
    }
  }

  private static Problem twice(Resource here, Resource there) {
    return Problem.error(
            here.origin(), "%s is defined twice (also at %s)".formatted(here.id(), there.origin()))
        .in(here.id());
  }

  private void tell(List<Located> found) {
    for (var one : found) {
      var origin = place(one);
      var text = one.finding().message();
      // What all groups have may be wrong in one of them.
      boolean shared = isBootstrap(origin) || origin.file().startsWith(Gate.COMMON + "/");
      var said = shared ? text + " in group " + group : text;
      var id = isBootstrap(origin) ? null : one.resource().id();
      problems.add(new Problem(one.finding().severity(), origin, said, id));
    }
  }

  private boolean isBootstrap(Origin origin) {
    return bootstrap != null && bootstrap.document().path().equals(origin.file());
  }

  private Origin place(Located one) {
    var origin = one.resource().origin();
    var document = documents.get(origin.file());
    return document == null
        ? origin
        : places
            .computeIfAbsent(origin.file(), file -> new Places(document))
            .of(one.resource(), one.finding().path());
  }
}
