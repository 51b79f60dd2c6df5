package myxds.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final int MOST_NACKED = 10_000;

    private final Publication told;
    private final List<Step> steps = new ArrayList<>();
    private @Nullable States states;
    private final Set<ClientKey> nacked = new HashSet<>();

    Spreading(Publication told) {
      this.told = told;
      this.states = told.states();
    }

    /** Adds a step in the order of time, whatever the order of the reports; later ones count it. */
    void acked(Duration after) {
      int at = steps.size();
      while (at > 0 && steps.get(at - 1).after().compareTo(after) > 0) {
        at--;
        steps.set(at, new Step(steps.get(at).after(), steps.get(at).nodes() + 1));
      }
      steps.add(at, new Step(after, at == 0 ? 1 : steps.get(at - 1).nodes() + 1));
      if (steps.size() > STEPS) {
        thin();
      }
    }

    /** Drops every other step, but never the last: a curve needs no more. */
    private void thin() {
      for (int i = steps.size() - 2; i >= 0; i -= 2) {
        steps.remove(i);
      }
    }

    void nacked(ClientKey client) {
      if (nacked.size() < MOST_NACKED) {
        nacked.add(client);
      }
    }

    boolean published(String group, String version) {
      var what = told.what();
      return told.group().equals(group)
          && what.outcome().equals("published")
          && version.equals(what.version());
    }

    Publication now() {
      return new Publication(
          told.id(),
          told.group(),
          told.at(),
          told.what(),
          told.before(),
          states,
          steps,
          nacked.size());
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
    add(new Publication(last, group, clock.instant(), what, version, states, List.of(), 0));
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
  public synchronized void converged(ClientKey client, String group, Convergence to) {
    change(group, to.version())
        .ifPresent(change -> {
          change.nacked.remove(client);
          if (to.live()) {
            change.acked(to.took());
          }
        });
  }

  @Override
  public synchronized void refused(ClientKey client, String group, Nack nack) {
    change(group, nack.of()).ifPresent(change -> change.nacked(client));
  }

  private Optional<Spreading> change(String group, String version) {
    return changes.reversed().stream()
        .filter(change -> change.published(group, version))
        .findFirst();
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
