package myxds.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import myxds.fleet.NodeEntry.Asked;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.TypeView;
import org.jspecify.annotations.Nullable;

/**
 * Where a node ought to be.
 *
 * @param newest state of its group; null when it has none
 * @param served the state that it is served; null with {@code newest}
 * @param refused what it refuses of the newest, by type
 */
record Position(
    String group,
    @Nullable GroupSnapshot newest,
    @Nullable GroupSnapshot served,
    Map<ResourceType, Nack> refused) {

  /** A client without a stream is there as long as it asks again; Envoys do within seconds. */
  private static final Duration POLLS_WITHIN = Duration.ofMinutes(5);

  private static final Comparator<ResourceType> IN_ORDER =
      Comparator.comparingInt(Position::order).thenComparing(ResourceType::typeUrl);

  private static int order(ResourceType type) {
    int known = ResourceType.KNOWN.indexOf(type);
    return known < 0 ? ResourceType.KNOWN.size() : known;
  }

  NodeState state(NodeEntry entry, Instant now) {
    if (!entry.hasStreams()
        && (entry.held().isEmpty() || entry.lastSeen().plus(POLLS_WITHIN).isBefore(now))) {
      return NodeState.GONE;
    }
    if (newest == null) {
      return NodeState.UNMATCHED;
    }
    if (!refused.isEmpty()) {
      return NodeState.REFUSING;
    }
    return entry.isAt(newest) ? NodeState.IN_SYNC : NodeState.BEHIND;
  }

  NodeStanding standing(NodeEntry entry, Instant now) {
    var latest = entry.latest();
    var types = new TreeMap<ResourceType, TypeStanding>(IN_ORDER);
    entry.asked().forEach(asked -> types.put(asked.standing().type(), type(asked)));
    return new NodeStanding(
        latest.node(),
        latest.extensions(),
        group,
        state(entry, now),
        newest == null ? "" : newest.version(),
        served == null ? "" : served.version(),
        entry.held(),
        entry.lastSeen(),
        types);
  }

  private TypeStanding type(Asked asked) {
    var standing = asked.standing();
    return new TypeStanding(
        asked.transport(),
        standing.names(),
        missing(standing.names(), standing.type()),
        newest == null ? "" : asked.desired(newest),
        standing.sent(),
        standing.acked(),
        standing.waitingFor(),
        refused.get(standing.type()));
  }

  private List<String> missing(List<String> names, ResourceType type) {
    var view = newest == null ? TypeView.EMPTY : newest.ofType(type);
    return names.stream().filter(name -> view.isMissing(name)).toList();
  }
}
