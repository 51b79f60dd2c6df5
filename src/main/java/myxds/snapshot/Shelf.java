package myxds.snapshot;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.gate.Candidate;
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

  Shelf(Publisher.Shelves shelves, PublishObserver observer) {
    this.shelves = shelves;
    this.observer = observer;
  }

  /** A full disk must not keep a good state from the nodes. */
  GroupState publish(GroupState before, GroupSnapshot next) {
    var now = shelves.clock().instant();
    keep(before.name(), () -> shelves.lastGood().save(before.name(), next, now));
    incomplete.remove(before.name());
    if (withdrawn(before.name(), next) != null) {
      withdrawn.remove(before.name());
      keep(before.name(), () -> shelves.lastGood().withdraw(Map.copyOf(withdrawn)));
    }
    shelves.cache().setSnapshot(before.name(), next);
    return before.serving(next, now);
  }

  /** This state was taken back: it is not published again unless somebody says so. */
  void withdraw(String group, Rollback rollback) {
    withdrawn.put(group, new Withdrawn(rollback.from(), rollback.cause()));
    keep(group, () -> shelves.lastGood().withdraw(Map.copyOf(withdrawn)));
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

  /** The group was withdrawn on purpose, and its nodes were told. */
  void forget(String group) {
    keep(group, () -> shelves.lastGood().forget(group));
  }

  /** Something that is done to what is kept. */
  @FunctionalInterface
  private interface Keeping {
    void run() throws IOException;
  }

  private void keep(String group, Keeping keeping) {
    try {
      keeping.run();
    } catch (IOException e) {
      observer.unsaved(group, String.valueOf(e.getMessage()));
    }
  }
}
