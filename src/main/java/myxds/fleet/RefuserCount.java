package myxds.fleet;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import myxds.fleet.Positions.Newest;
import myxds.fleet.Rollbacks.Refusers;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Counts which clients of a group NACK its newest state. Anybody may connect under any id, so a
 * client counts only if it ACKed an earlier state of the group and has been connected for long
 * enough, and all clients of one address count as one. Clients that will count soon and were there
 * when the state was published are counted as content meanwhile: after a start of the daemon, the
 * first one that counts is not all of the group.
 */
final class RefuserCount {
  private final Newest newest;
  private final Instant connectedBefore;
  private final Map<String, Boolean> addresses = new HashMap<>();
  private final Set<String> young = new HashSet<>();
  private final Map<GroupSnapshot, Integer> goods = new HashMap<>();
  private @Nullable Instant next;

  /**
   * @param connectedBefore only clients that have been connected since then count
   */
  RefuserCount(Newest newest, Instant connectedBefore) {
    this.newest = newest;
    this.connectedBefore = connectedBefore;
  }

  /** Adds a connected client of the group. */
  void add(NodeEntry client, Position position) {
    var own = position.marks().stream().filter(Mark::own).toList();
    boolean hasAcked =
        own.isEmpty() ? client.counts(newest.snapshot()) : own.stream().anyMatch(Mark::counts);
    if (!hasAcked) {
      return;
    }
    if (client.connectedAt().isAfter(connectedBefore)) {
      addYoung(client, own.isEmpty());
      return;
    }
    addresses.merge(client.key().address(), !own.isEmpty(), Boolean::logicalAnd);
    var served = position.served();
    if (!own.isEmpty() && served != null && served != newest.snapshot()) {
      goods.merge(served, 1, Integer::sum);
    }
  }

  private void addYoung(NodeEntry client, boolean isContent) {
    if (client.connectedAt().isAfter(newest.at()) && isContent) {
      return;
    }
    young.add(client.key().address());
    if (next == null || client.connectedAt().isBefore(next)) {
      next = client.connectedAt();
    }
  }

  Refusers result() {
    int refusing = (int) addresses.values().stream().filter(refuses -> refuses).count();
    young.addAll(addresses.keySet());
    return new Refusers(newest.snapshot(), young.size(), refusing, goods, next);
  }
}
