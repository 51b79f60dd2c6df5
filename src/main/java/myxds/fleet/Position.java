package myxds.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import myxds.discovery.Assignment;
import myxds.fleet.NodeEntry.Asked;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.TypeView;
import org.jspecify.annotations.Nullable;

/**
 * Where a client ought to be.
 *
 * @param state the newest of its group; null when it has none
 * @param served the state that it is served; null with {@code state}
 * @param marks why it is not offered all of the newest
 * @param isThere whether it runs the newest
 */
record Position(
    String group,
    Positions.@Nullable Newest state,
    @Nullable GroupSnapshot served,
    List<Mark> marks,
    boolean isThere) {

  /** A client without a stream is there as long as it asks again; Envoys do within seconds. */
  private static final Duration POLLS_WITHIN = Duration.ofMinutes(5);

  private static final Comparator<ResourceType> IN_ORDER =
      Comparator.comparingInt(Position::order).thenComparing(ResourceType::typeUrl);

  /** Returns the position of a client whose group has no state. */
  static Position unmatched(String group) {
    return new Position(group, null, null, List.of(), false);
  }

  private static int order(ResourceType type) {
    int known = ResourceType.KNOWN.indexOf(type);
    return known < 0 ? ResourceType.KNOWN.size() : known;
  }

  /** Returns the NACKs of the newest state, by type; also those that its polls look like. */
  Map<ResourceType, Nack> nacks(NodeEntry entry) {
    var nacks = new HashMap<ResourceType, Nack>();
    marks.forEach(mark -> nacks.put(mark.refuser().nack().type(), mark.refuser().nack()));
    if (state != null) {
      entry.inferred(state.snapshot()).forEach(nack -> nacks.putIfAbsent(nack.type(), nack));
    }
    return nacks;
  }

  /** Returns the same NACKs as CSDS reports them. */
  List<Assignment.Refused> refused(NodeEntry entry) {
    return nacks(entry).values().stream()
        .map(nack ->
            new Assignment.Refused(nack.type(), nack.resource(), nack.version(), nack.reason()))
        .toList();
  }

  /** Returns whether the client has no stream and does not poll any more. */
  static boolean isGone(NodeEntry entry, Instant now) {
    return !entry.hasStreams()
        && (entry.held().isEmpty() || entry.lastSeen().plus(POLLS_WITHIN).isBefore(now));
  }

  NodeState state(NodeEntry entry, Instant now) {
    if (isGone(entry, now)) {
      return NodeState.GONE;
    }
    if (state == null) {
      return NodeState.UNMATCHED;
    }
    if (!nacks(entry).isEmpty()) {
      return NodeState.REFUSING;
    }
    return isThere ? NodeState.IN_SYNC : NodeState.BEHIND;
  }

  /**
   * @param sharing how many connected clients have its id
   */
  NodeStanding standing(NodeEntry entry, Instant now, int sharing) {
    var nacks = nacks(entry);
    var latest = entry.latest();
    var types = new TreeMap<ResourceType, TypeStanding>(IN_ORDER);
    entry.asked().forEach(asked -> types.put(asked.standing().type(), type(asked, nacks)));
    return new NodeStanding(
        latest.node(),
        latest.extensions(),
        entry.isShortened(),
        entry.key().address(),
        sharing,
        group,
        state(entry, now),
        state == null ? "" : state.snapshot().version(),
        served == null ? "" : served.version(),
        entry.held(),
        entry.lastSeen(),
        types);
  }

  private TypeStanding type(Asked asked, Map<ResourceType, Nack> nacks) {
    var standing = asked.standing();
    return new TypeStanding(
        asked.transport(),
        standing.names(),
        missing(standing.names(), standing.type()),
        state == null ? "" : asked.desired(state.snapshot()),
        standing.sent(),
        standing.acked(),
        standing.waitingFor(),
        nacks.get(standing.type()));
  }

  private List<String> missing(List<String> names, ResourceType type) {
    if (state == null) {
      return names.stream().filter(TypeView.EMPTY::isMissing).toList();
    }
    return names.stream().filter(name -> state.isMissing(type, name)).toList();
  }
}
