package myxds.fleet;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import myxds.fleet.Rollbacks.Refusers;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Counts which clients of a group NACK its newest state. Anybody may connect under any id, so a
 * client counts only if it ACKed an earlier state of the group and has been connected for long
 * enough, and all clients of one address count as one.
 */
final class RefuserCount {
  private final Instant connectedBefore;
  private final Map<String, Boolean> addresses = new HashMap<>();
  private final Map<GroupSnapshot, Integer> goods = new HashMap<>();
  private @Nullable GroupSnapshot newest;
  private @Nullable Instant next;

  /**
   * @param connectedBefore only clients that have been connected since then count
   */
  RefuserCount(Instant connectedBefore) {
    this.connectedBefore = connectedBefore;
  }

  /** Adds a connected client of the group. */
  void add(NodeEntry client, Position position) {
    newest = position.newest();
    var served = position.served();
    if (newest == null || served == null) {
      return;
    }
    var own = position.marks().stream().filter(Mark::own).toList();
    boolean counts = own.isEmpty() ? client.counts(newest) : own.stream().anyMatch(Mark::counts);
    if (!counts) {
      return;
    }
    if (client.connectedAt().isAfter(connectedBefore)) {
      if (!own.isEmpty() && (next == null || client.connectedAt().isBefore(next))) {
        next = client.connectedAt();
      }
      return;
    }
    addresses.merge(client.key().address(), !own.isEmpty(), Boolean::logicalAnd);
    if (!own.isEmpty() && served != newest) {
      goods.merge(served, 1, Integer::sum);
    }
  }

  Refusers result() {
    int refusing = (int) addresses.values().stream().filter(refuses -> refuses).count();
    return new Refusers(newest, addresses.size(), refusing, goods, next);
  }
}
