package myxds.snapshot;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.gate.Candidate;
import myxds.resource.Origin;
import myxds.resource.Problem;
import myxds.resource.Resource;
import myxds.resource.ResourceId;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupState.Standing;
import myxds.snapshot.LastGood.Withdrawn;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is published where it is served from, and before that where a crash cannot lose it.
 * Owned by the publisher's thread.
 */
final class Shelf {
  private final Publisher.Shelves shelves;
  private final PublishObserver observer;

  /** What was restored and lacks what was not to be kept, by group. */
  private final Map<String, LastGood.Saved> incomplete = new HashMap<>();

  /** What was taken back, by group. */
  private final Map<String, Withdrawn> withdrawn = new HashMap<>();

  /** Why the state of a group on disk is not the one that is served, by group. */
  private final SortedMap<String, String> unsaved = new TreeMap<>();

  /** Why nothing can be kept now; null when it can. */
  private @Nullable String trouble;

  Shelf(Publisher.Shelves shelves, PublishObserver observer) {
    this.shelves = shelves;
    this.observer = observer;
  }

  /** A full disk must not keep a good state from the nodes. */
  GroupState publish(GroupState before, GroupSnapshot next) {
    var now = shelves.clock().instant();
    save(before.name(), next, now, false);
    incomplete.remove(before.name());
    if (withdrawn(before.name(), next) != null) {
      withdrawn.remove(before.name());
      keepWithdrawn(before.name());
    }
    shelves.cache().setSnapshot(before.name(), next);
    return before.serving(next, now);
  }

  /** This state was taken back: it is not published again unless somebody says so. */
  void withdraw(String group, Rollback rollback) {
    withdrawn.put(group, new Withdrawn(rollback.from(), rollback.cause()));
    keepWithdrawn(group);
  }

  /** Returns why the state was rolled back; null when it was not. */
  HoldCause.@Nullable RolledBack withdrawn(String group, GroupSnapshot next) {
    var known = withdrawn.get(group);
    return known != null && known.version().equals(next.version()) ? known.cause() : null;
  }

  /** What was published before the last stop is served again. */
  Map<String, GroupState> restore() {
    var groups = new HashMap<String, GroupState>();
    withdrawn.putAll(shelves.lastGood().withdrawn());
    for (var saved : shelves.lastGood().load()) {
      if (!saved.leftOut().isEmpty()) {
        incomplete.put(saved.group(), saved);
      }
      // Nodes keep a secret that they are not told of; any other thing they would take away.
      if (saved.leftOut().stream().allMatch(Shelf::isSecret)) {
        groups.put(saved.group(), restored(saved, saved.resources()));
      }
    }
    return groups;
  }

  private static boolean isSecret(ResourceId id) {
    return id.type().equals(ResourceType.SECRET);
  }

  /** With what was left out of a restored state, which is in the source, if anywhere. */
  GroupState completed(GroupState state, Candidate candidate) {
    var saved = incomplete.remove(state.name());
    if (saved == null) {
      return state;
    }
    var rest =
        candidate.resources().stream().filter(one -> saved.leftOut().contains(one.id())).toList();
    var found = rest.stream().map(Resource::id).collect(Collectors.toSet());
    boolean whole = saved.leftOut().stream().allMatch(id -> isSecret(id) || found.contains(id));
    return whole
        ? restored(saved, Stream.concat(saved.resources().stream(), rest.stream()).toList())
        : state;
  }

  private GroupState restored(LastGood.Saved saved, List<Resource> resources) {
    var group = saved.group();
    var snapshot = GroupSnapshot.of(resources);
    shelves.cache().setSnapshot(group, snapshot);
    observer.restored(group, snapshot);
    return new GroupState(group, Standing.DEGRADED, snapshot, saved.publishedAt(), null);
  }

  /** Deletes the saved states of a group that was withdrawn on purpose. */
  void forget(String group) {
    forget(group, false);
  }

  private void forget(String group, boolean again) {
    keep(group, again, () -> shelves.lastGood().forget(group));
  }

  /** Returns why published states are not saved for the next start. */
  List<Problem> problems() {
    var problems = new ArrayList<Problem>();
    if (trouble != null) {
      problems.add(
          Problem.error(
              Origin.of(""), trouble + "; what is published is not kept for the next start"));
    }
    unsaved.forEach((group, why) ->
        problems.add(
            Problem.error(
                Origin.of(group + "/"),
                "published, but not kept for the next start: %s (saving is tried again)"
                    .formatted(why))));
    return problems;
  }

  /** Returns whether something is still to be saved. */
  boolean isBehind() {
    return trouble != null || !unsaved.isEmpty();
  }

  /** Saves again the states that could not be saved, and those whose files are gone. */
  void mend(Map<String, GroupState> groups) {
    var again = new TreeSet<>(unsaved.keySet());
    try {
      again.addAll(shelves.lastGood().missing(complete(groups.values())));
      trouble = null;
    } catch (IOException e) {
      trouble = String.valueOf(e.getMessage());
    }
    for (var name : again) {
      var group = groups.get(name);
      if (group == null || group.served() == null || group.publishedAt() == null) {
        forget(name, true);
      } else {
        save(name, group.served(), group.publishedAt(), true);
      }
    }
  }

  /** Returns the served groups whose states are completely known. */
  private Set<String> complete(Collection<GroupState> groups) {
    return groups.stream()
        .filter(group -> group.served() != null && !incomplete.containsKey(group.name()))
        .map(GroupState::name)
        .collect(Collectors.toSet());
  }

  private void save(String group, GroupSnapshot snapshot, Instant at, boolean again) {
    keep(group, again, () -> shelves.lastGood().save(group, snapshot, at));
  }

  private void keepWithdrawn(String group) {
    try {
      shelves.lastGood().withdraw(Map.copyOf(withdrawn));
    } catch (IOException e) {
      // The folder itself retries this file.
      observer.unsaved(group, String.valueOf(e.getMessage()));
    }
  }

  /** A change of the saved states. */
  @FunctionalInterface
  private interface Keeping {
    void run() throws IOException;
  }

  /**
   * @param again whether it failed before: then only another reason is reported
   */
  private void keep(String group, boolean again, Keeping keeping) {
    try {
      keeping.run();
      if (unsaved.remove(group) != null) {
        observer.saved(group);
      }
    } catch (IOException e) {
      var why = String.valueOf(e.getMessage());
      boolean same = why.equals(unsaved.put(group, why));
      if (!(again && same)) {
        observer.unsaved(group, why);
      }
    }
  }
}
