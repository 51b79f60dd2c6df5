package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Standing;
import myxds.fleet.NodeStanding.Held;
import myxds.fleet.RefusedContent.Refuser;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one client: an Envoy, as far as its id and its connection tell. Its streams may
 * live on several loops and people ask on threads of their own: guarded by itself, which only its
 * own streams wait for.
 */
final class NodeEntry {
  private final ClientKey key;
  private final Instant connectedAt;
  private final AckedStates acked;
  private final Map<Long, OpenStream> streams = new TreeMap<>();

  /** What it asks for without a stream. */
  private final Map<ResourceType, Polled> polled = new HashMap<>();

  /** The NACKs that its polls look like; they change nothing that it is served. */
  private final Map<ResourceType, Nack> inferred = new HashMap<>();

  /** What it is not offered. A content is a key by its identity: one that comes back is another. */
  private final Map<RefusedContent, Mark> marks = new HashMap<>();

  private XdsStream latest;
  private Instant lastSeen;

  /** Of the streams that ended last, while there are no others. */
  private List<Asked> left = List.of();

  /** What its group was when it was seen last; only while it has no stream. */
  private String group = "";

  private boolean shortened;

  /** A type that the node asked for. */
  record Asked(String transport, Standing standing, boolean isPolled) {

    /** The version that it has in the state, as this client sees it. */
    String desired(GroupSnapshot state) {
      var view = state.ofType(standing.type());
      return isPolled ? view.only(standing.names()).version() : view.version();
    }

    boolean isAt(GroupSnapshot state) {
      return standing.settled() && standing.sent().equals(desired(state));
    }
  }

  private record OpenStream(XdsStream stream, Map<ResourceType, Standing> types) {}

  /**
   * @param before what the client, or the one that it replaces, ACKed last; null when nothing
   */
  NodeEntry(ClientKey key, XdsStream stream, Instant now, @Nullable GroupSnapshot before) {
    this.key = key;
    this.connectedAt = now;
    this.acked = new AckedStates(before);
    this.latest = stream;
    this.lastSeen = now;
  }

  ClientKey key() {
    return key;
  }

  /** Whether the stream may be another one of this client. */
  synchronized boolean takes(XdsStream stream) {
    return !isAds(stream) || streams.values().stream().noneMatch(one -> isAds(one.stream));
  }

  private static boolean isAds(XdsStream stream) {
    return stream.transport() == Transport.ADS_SOTW || stream.transport() == Transport.ADS_DELTA;
  }

  /** Notes a request on a stream. */
  synchronized void spoke(XdsStream stream, Instant now) {
    latest = stream;
    lastSeen = now;
    var open = streams.get(stream.id());
    if (open == null || !open.stream.equals(stream)) {
      var types = open == null ? new HashMap<ResourceType, Standing>() : open.types;
      streams.put(stream.id(), new OpenStream(stream, types));
    }
  }

  synchronized void moved(XdsStream stream, Standing standing) {
    var open = streams.get(stream.id());
    if (open != null) {
      open.types.put(standing.type(), standing);
    }
  }

  /**
   * Notes the end of a stream.
   *
   * @param group the client's group
   * @return what is kept of the client; null while it has other streams
   */
  synchronized @Nullable Remains closed(XdsStream stream, Instant now, String group) {
    var asked = asked();
    if (streams.remove(stream.id()) == null || !streams.isEmpty()) {
      return null;
    }
    var remains = Remains.of(latest.node(), asked);
    left = remains.asked();
    lastSeen = now;
    return keep(remains, latest, group);
  }

  private Remains keep(Remains remains, XdsStream stream, String of) {
    latest = stream.keeping(remains.node());
    shortened = remains.shortened();
    group = of;
    return remains;
  }

  /** Notes a request without a stream, and returns what is kept of the client. */
  synchronized Remains polls(
      XdsStream stream, Instant now, String group, Map.Entry<ResourceType, Polled.Question> asks) {
    lastSeen = now;
    polled.compute(
        asks.getKey(),
        (type, before) ->
            before == null ? Polled.first(asks.getValue()) : before.asks(asks.getValue()));
    return keep(Remains.of(stream.node(), asked()), stream, group);
  }

  /** Returns the version of the type that the client seems to NACK; empty when none. */
  synchronized String refuses(ResourceType type) {
    var one = polled.get(type);
    return one == null ? "" : one.refused();
  }

  /** Notes a NACK that a poll looks like. Whether it is a new one. */
  synchronized boolean seemsToRefuse(Nack nack) {
    var before = inferred.put(nack.type(), nack);
    return before == null || !before.version().equals(nack.version());
  }

  /** Returns the NACKs of this state that its polls look like. */
  synchronized List<Nack> inferred(GroupSnapshot state) {
    if (inferred.isEmpty()) {
      return List.of();
    }
    return asked().stream()
        .filter(Asked::isPolled)
        .flatMap(one ->
            Stream.ofNullable(inferred.get(one.standing().type()))
                .filter(nack -> nack.version().equals(refuses(nack.type())))
                .filter(nack -> nack.version().equals(one.desired(state))))
        .toList();
  }

  synchronized void answered(ResourceType type, String version) {
    polled.computeIfPresent(type, (same, before) -> before.answered(version));
  }

  /** Every type that it asked for, on whatever way. */
  synchronized List<Asked> asked() {
    var asked = new ArrayList<>(left);
    for (var open : streams.values()) {
      var transport = open.stream.transport().word();
      open.types.values().forEach(one -> asked.add(new Asked(transport, one, false)));
    }
    polled.forEach(
        (type, one) -> asked.add(new Asked(latest.transport().word(), one.standing(type), true)));
    return asked;
  }

  /** Whether all that it asked for is so, accepted and done. */
  synchronized boolean isAt(GroupSnapshot state) {
    var asked = asked();
    return !asked.isEmpty() && asked.stream().allMatch(one -> one.isAt(state));
  }

  /** Whether one of its streams runs the content; of a client that is gone, whether one did. */
  synchronized boolean runs(RefusedContent content) {
    return asked().stream().anyMatch(one -> content.isRunBy(one.standing()));
  }

  /** Notes that it runs this state as a whole. Whether it did not before. */
  synchronized boolean converged(GroupSnapshot state) {
    return acked.add(state);
  }

  /** Returns the state that it ACKed last as a whole; null when none. */
  synchronized @Nullable GroupSnapshot good() {
    return acked.last();
  }

  /** Notes its own NACK. */
  synchronized void refused(RefusedContent content, Refuser refuser, boolean counts) {
    marks.put(content, new Mark(refuser, true, counts));
  }

  /** Notes that its good state is not this one: it NACKed a part of it. */
  synchronized void ranNot(String version) {
    acked.remove(version);
  }

  /** Withholds a content because of an earlier client's NACK. */
  synchronized void withhold(RefusedContent content, Refuser refuser) {
    marks.putIfAbsent(content, Mark.withheld(refuser));
  }

  /** Returns the reason why it is not offered the content; null when it is. */
  synchronized @Nullable Mark mark(RefusedContent content) {
    return marks.get(content);
  }

  /** Offers it the content again. Returns the reason why it was not; null if it was. */
  synchronized @Nullable Mark unmark(RefusedContent content) {
    return marks.remove(content);
  }

  /** Offers it a content that only another client NACKed. Whether it was withheld. */
  synchronized boolean release(RefusedContent content) {
    var mark = marks.get(content);
    return mark != null && !mark.own() && marks.remove(content) != null;
  }

  /** Forgets contents that are no longer in the newest state. */
  synchronized void retain(Collection<RefusedContent> contents) {
    marks.keySet().retainAll(contents);
  }

  /** Whether the client counts for a rollback that would take back this state. */
  synchronized boolean counts(GroupSnapshot newest) {
    return acked.hasOther(newest);
  }

  Instant connectedAt() {
    return connectedAt;
  }

  /** Its group when it was seen last; empty while it has a stream. */
  synchronized String group() {
    return streams.isEmpty() ? group : "";
  }

  synchronized boolean isShortened() {
    return shortened && streams.isEmpty();
  }

  synchronized Node node() {
    return latest.node();
  }

  synchronized XdsStream latest() {
    return latest;
  }

  synchronized Instant lastSeen() {
    return lastSeen;
  }

  synchronized boolean hasStreams() {
    return !streams.isEmpty();
  }

  /** Its streams, oldest first; of one that polls, the way it came last. */
  synchronized List<Held> held() {
    var open = streams.values().stream().map(OpenStream::stream);
    return (streams.isEmpty() && !polled.isEmpty() ? Stream.of(latest) : open)
        .map(one -> new Held(one.transport().word(), one.address(), one.since()))
        .toList();
  }
}
