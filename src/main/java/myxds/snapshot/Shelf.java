package myxds.snapshot;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import myxds.gate.Candidate;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupState.Standing;

/**
 * Puts what is published where it is served from, and before that where a crash cannot lose it.
 * Owned by the publisher's thread.
 */
final class Shelf {
  private final Publisher.Shelves shelves;
  private final PublishObserver observer;

  /** Groups whose restored state lacks what was not to be kept. */
  private final Set<String> incomplete = new HashSet<>();

  Shelf(Publisher.Shelves shelves, PublishObserver observer) {
    this.shelves = shelves;
    this.observer = observer;
  }

  /** A full disk must not keep a good state from the nodes. */
  GroupState publish(GroupState before, GroupSnapshot next) {
    var now = shelves.clock().instant();
    keep(before.name(), () -> shelves.lastGood().save(before.name(), next, now));
    incomplete.remove(before.name());
    shelves.cache().setSnapshot(before.name(), next);
    return before.serving(next, now);
  }

  /** What was published before the last stop is served again. */
  List<GroupState> restore() {
    return shelves.lastGood().load().stream().map(this::restored).toList();
  }

  private GroupState restored(LastGood.Saved saved) {
    if (!saved.complete()) {
      incomplete.add(saved.group());
    }
    var snapshot = GroupSnapshot.of(saved.resources());
    var at = saved.publishedAt();
    return served(new GroupState(saved.group(), Standing.DEGRADED, null, at, null), snapshot);
  }

  /** With what was left out of a restored state, which is in the source, if anywhere. */
  GroupState completed(GroupState state, Candidate candidate) {
    var kept = state.served();
    if (!incomplete.remove(state.name()) || kept == null) {
      return state;
    }
    var rest = kept.types().values().stream().flatMap(view -> view.all().stream());
    var secrets =
        candidate.resources().stream().filter(one -> one.type().equals(ResourceType.SECRET));
    return served(
        state, GroupSnapshot.of(Stream.concat(rest.map(Versioned::resource), secrets).toList()));
  }

  private GroupState served(GroupState state, GroupSnapshot snapshot) {
    shelves.cache().setSnapshot(state.name(), snapshot);
    observer.restored(state.name(), snapshot);
    return state.restored(snapshot);
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
