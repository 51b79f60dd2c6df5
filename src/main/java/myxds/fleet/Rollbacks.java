package myxds.fleet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.HoldCause;
import myxds.snapshot.HoldCause.NodeNack;
import myxds.snapshot.Rollback;
import org.jspecify.annotations.Nullable;

/** Takes a state back from a whole group when too many of its nodes refuse it. */
public final class Rollbacks implements FleetObserver, AutoCloseable {
  private final Supplier<Fleet> fleet;
  private final BiConsumer<String, Rollback> publisher;
  private final Set<String> doubtful = ConcurrentHashMap.newKeySet();
  private final Coalesced considering = new Coalesced("rollbacks", this::consider);

  /**
   * @param publisher goes back to an older state of a group
   */
  public Rollbacks(Supplier<Fleet> fleet, BiConsumer<String, Rollback> publisher) {
    this.fleet = fleet;
    this.publisher = publisher;
  }

  @Override
  public void refused(String node, String group, Nack nack) {
    if (fleet.get().share(group).isPresent()) {
      doubtful.add(group);
      considering.due();
    }
  }

  private void consider() {
    for (var group : Set.copyOf(doubtful)) {
      doubtful.remove(group);
      fleet
          .get()
          .share(group)
          .ifPresent(share -> consider(group, share, fleet.get().census().refusers(group)));
    }
  }

  private void consider(String group, double share, Refusers refusers) {
    var newest = refusers.newest;
    var good = refusers.good();
    int refusing = refusers.goods.values().stream().mapToInt(Integer::intValue).sum();
    if (newest != null && good != null && refusing >= share * refusers.nodes) {
      var why = "%d of %d nodes NACKed it".formatted(refusing, refusers.nodes);
      var cause = new HoldCause.RolledBack(why, refusers.nacks);
      publisher.accept(group, new Rollback(newest.version(), good, cause));
    }
  }

  @Override
  public void close() {
    considering.close();
  }

  /**
   * Who refuses the newest state of a group.
   *
   * @param nodes how many are connected
   * @param goods what those that refuse it run instead, and how many do
   * @param nacks of those nodes
   */
  record Refusers(
      @Nullable GroupSnapshot newest,
      int nodes,
      Map<GroupSnapshot, Integer> goods,
      List<NodeNack> nacks) {
    Refusers {
      goods = new HashMap<>(goods);
      nacks = List.copyOf(nacks);
    }

    /** What most of them run; null when they run nothing. */
    @Nullable GroupSnapshot good() {
      return goods.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse(null);
    }
  }
}
