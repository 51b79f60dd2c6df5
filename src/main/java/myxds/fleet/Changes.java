package myxds.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import myxds.fleet.Publication.States;
import myxds.fleet.Publication.Step;
import myxds.fleet.Publication.What;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Outcome;
import myxds.snapshot.PublishObserver;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of all groups and how each spread over the fleet. The publisher tells of
 * changes, streams of nodes: guarded by itself, for an instant each.
 */
public final class Changes implements PublishObserver, FleetObserver {
  private static final int KEPT = 200;

  /** Of so many, the states themselves are kept, so that they can be compared. */
  private static final int COMPARABLE = 20;

  private final InstantSource clock;
  private final List<Spreading> changes = new ArrayList<>();
  private final Map<String, GroupSnapshot> served = new HashMap<>();
  private long last;

  public Changes(InstantSource clock) {
    this.clock = clock;
  }

  /** A change while it spreads. */
  private static final class Spreading {
    private static final int STEPS = 200;

    private final Publication told;
    private final List<Step> steps = new ArrayList<>();
    private @Nullable States states;
    private int nodes;

    Spreading(Publication told) {
      this.told = told;
      this.states = told.states();
    }

    void taken(Duration after) {
      nodes++;
      steps.add(new Step(after, nodes));
      if (steps.size() > STEPS) {
        // Every other one, but never the last: a curve needs no more.
        for (int i = steps.size() - 2; i >= 0; i -= 2) {
          steps.remove(i);
        }
      }
    }

    boolean isOf(String group, String version) {
      return told.group().equals(group) && version.equals(told.what().version());
    }

    Publication now() {
      return new Publication(
          told.id(), told.group(), told.at(), told.what(), told.before(), states, steps);
    }
  }

  @Override
  public synchronized void judged(String group, Outcome outcome) {
    if (outcome instanceof Outcome.Unchanged) {
      return;
    }
    var before = served.get(group);
    var version = before == null ? null : before.version();
    States states = null;
    if (outcome instanceof Outcome.Published published) {
      states = new States(before, published.snapshot());
      served.put(group, published.snapshot());
    }
    last++;
    var what = What.of(outcome);
    add(new Publication(last, group, clock.instant(), what, version, states, List.of()));
  }

  @Override
  public synchronized void restored(String group, GroupSnapshot snapshot) {
    served.put(group, snapshot);
  }

  private void add(Publication change) {
    changes.add(new Spreading(change));
    if (changes.size() > COMPARABLE) {
      changes.get(changes.size() - 1 - COMPARABLE).states = null;
    }
    if (changes.size() > KEPT) {
      changes.removeFirst();
    }
  }

  @Override
  public synchronized void converged(String node, String group, Convergence to) {
    if (to.live()) {
      changes.reversed().stream()
          .filter(change -> change.isOf(group, to.version()))
          .findFirst()
          .ifPresent(change -> change.taken(to.took()));
    }
  }

  /** The newest first. */
  public synchronized List<Publication> all() {
    return changes.reversed().stream().map(Spreading::now).toList();
  }

  /** The change with this id; empty when there was none, or it was long ago. */
  public synchronized Optional<Publication> find(long id) {
    return changes.stream()
        .filter(change -> change.told.id() == id)
        .findFirst()
        .map(Spreading::now);
  }
}
