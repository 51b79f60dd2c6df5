package myxds.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

/** Takes a state back from a whole group when too many of its clients NACK it. */
public final class Rollbacks implements FleetObserver, AutoCloseable {
  private static final Duration COUNTS_AFTER = Duration.ofMinutes(1);

  private final Supplier<Fleet> fleet;
  private final BiConsumer<String, Rollback> publisher;
  private final Options options;
  private final Set<String> doubtful = ConcurrentHashMap.newKeySet();
  private final Coalesced considering = new Coalesced("rollbacks", this::consider);

  /**
   * When a client counts.
   *
   * @param countsAfter how long it must have been connected
   * @param clock the fleet's
   */
  record Options(Duration countsAfter, InstantSource clock) {}

  /**
   * @param publisher goes back to an older state of a group
   */
  public Rollbacks(Supplier<Fleet> fleet, BiConsumer<String, Rollback> publisher) {
    this(fleet, publisher, new Options(COUNTS_AFTER, InstantSource.system()));
  }

  Rollbacks(Supplier<Fleet> fleet, BiConsumer<String, Rollback> publisher, Options options) {
    this.fleet = fleet;
    this.publisher = publisher;
    this.options = options;
  }

  @Override
  public void refused(ClientKey client, String group, Nack nack) {
    if (!nack.inferred() && fleet.get().share(group).isPresent()) {
      doubtful.add(group);
      considering.due();
    }
  }

  private void consider() {
    for (var group : Set.copyOf(doubtful)) {
      doubtful.remove(group);
      var share = fleet.get().share(group);
      if (share.isPresent()) {
        fleet
            .get()
            .census()
            .refusers(group, options.countsAfter)
            .ifPresent(refusers -> consider(group, share.getAsDouble(), refusers));
      }
    }
  }

  private void consider(String group, double share, Refusers refusers) {
    var good = refusers.good();
    boolean tooMany = refusers.refusing > 0 && refusers.refusing >= share * refusers.clients;
    if (good != null && tooMany) {
      var why = "%d of %d nodes NACKed it".formatted(refusers.refusing, refusers.clients);
      var cause = new HoldCause.RolledBack(why, refusers.nacks);
      publisher.accept(group, new Rollback(refusers.newest.version(), good, cause));
    } else if (refusers.next != null) {
      again(group, refusers.next.plus(options.countsAfter));
    }
  }

  /** Considers the group again when the next client that NACKed counts. */
  private void again(String group, Instant at) {
    doubtful.add(group);
    considering.plan(Duration.between(options.clock.instant(), at));
  }

  /** Whether a group is considered again later. */
  boolean isPlanned() {
    return considering.isPlanned();
  }

  @Override
  public void close() {
    considering.close();
  }

  /**
   * The clients of a group that count.
   *
   * @param clients how many there are, with those that will count soon
   * @param refusing how many of those that count NACKed the newest state
   * @param nacks of the newest state by clients that count
   * @param goods what clients that NACKed it are served instead, and how many are
   * @param next when the next one connected that does not count yet; null when there is none
   */
  record Refusers(
      GroupSnapshot newest,
      int clients,
      int refusing,
      List<NodeNack> nacks,
      Map<GroupSnapshot, Integer> goods,
      @Nullable Instant next) {
    Refusers {
      nacks = List.copyOf(nacks);
      goods = Map.copyOf(goods);
    }

    /** Returns what most of them are served; null when they are served nothing else. */
    @Nullable GroupSnapshot good() {
      return goods.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse(null);
    }
  }
}
