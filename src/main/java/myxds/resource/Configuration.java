package myxds.resource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all documents say together.
 *
 * @param groups each group's own resources and the common ones, with all problems that concern it
 * @param problems every problem once
 */
public record Configuration(SortedMap<String, Parsed> groups, List<Problem> problems) {
  /** The folder whose resources every group gets. */
  public static final String COMMON = "_common";

  public static Configuration of(Documents documents, ResourceParser parser) {
    var parts = new TreeMap<String, Part>();
    for (var document : documents.documents()) {
      part(parts, document.path()).add(parser.parse(document));
    }
    for (var problem : documents.unreadable()) {
      part(parts, problem.origin().file()).problems.add(problem);
    }
    // What stands beside the group folders belongs to no group.
    var beside = removed(parts, "");
    var common = removed(parts, COMMON);
    var groups = new TreeMap<String, Parsed>();
    parts.forEach((group, part) -> groups.put(group, part.with(common)));
    return new Configuration(groups, problems(groups, beside, common));
  }

  private static Part part(Map<String, Part> parts, String path) {
    return parts.computeIfAbsent(Document.groupOf(path), group -> new Part());
  }

  private static Part removed(Map<String, Part> parts, String group) {
    return Objects.requireNonNullElseGet(parts.remove(group), Part::new);
  }

  private static List<Problem> problems(Map<String, Parsed> groups, Part... rest) {
    var all = new ArrayList<Problem>();
    groups.values().forEach(parsed -> all.addAll(parsed.problems()));
    for (var part : rest) {
      all.addAll(part.problems);
    }
    return all.stream().distinct().toList();
  }

  private static final class Part {
    private final List<Resource> resources = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    void add(Parsed parsed) {
      resources.addAll(parsed.resources());
      problems.addAll(parsed.problems());
    }

    private void add(Part part) {
      resources.addAll(part.resources);
      problems.addAll(part.problems);
    }

    Parsed with(Part common) {
      var all = new Part();
      all.add(common);
      all.add(this);
      return all.unique();
    }

    /** Of resources with one id the first is kept, and both are told. */
    private Parsed unique() {
      var first = new LinkedHashMap<ResourceId, Resource>();
      var told = new HashSet<ResourceId>();
      var found = new ArrayList<>(problems);
      for (var resource : resources) {
        var other = first.putIfAbsent(resource.id(), resource);
        if (other != null) {
          if (told.add(resource.id())) {
            found.add(twice(other, resource));
          }
          found.add(twice(resource, other));
        }
      }
      return new Parsed(List.copyOf(first.values()), found);
    }

    private static Problem twice(Resource here, Resource there) {
      return Problem.error(
              here.origin(),
              "%s is defined twice (also at %s)".formatted(here.id(), there.origin()))
          .in(here.id());
    }
  }
}
