package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Standing;
import myxds.fleet.NodeStanding.Held;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one node. Its streams may live on several loops and people ask on threads of
 * their own: guarded by itself, which only its own streams wait for.
 */
final class NodeEntry {
  private final Map<Long, OpenStream> streams = new TreeMap<>();

  /** What it asks for without a stream. */
  private final Map<ResourceType, Polled> polled = new HashMap<>();

  /** Of the stream that ended last, while there is no other. */
  private List<Asked> left = List.of();

  private XdsStream latest;
  private Instant lastSeen;

  /** The version that it must not be offered, because others of its build refused it. */
  private String unwanted = "";

  private @Nullable GroupSnapshot whole;
  private @Nullable GroupSnapshot wholeBefore;
  private String converged = "";

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

  NodeEntry(XdsStream stream, Instant now) {
    this.latest = stream;
    this.lastSeen = now;
  }

  /**
   * The node spoke on a stream.
   *
   * @param unwanted the version that others of its build refused; empty when none
   * @return whether the node was not connected before
   */
  synchronized boolean spoke(XdsStream stream, Instant now, Supplier<String> unwanted) {
    boolean isNew = streams.isEmpty();
    if (isNew) {
      this.unwanted = unwanted.get();
      left = List.of();
    }
    latest = stream;
    lastSeen = now;
    var open = streams.get(stream.id());
    if (open == null || !open.stream.equals(stream)) {
      var types = open == null ? new HashMap<ResourceType, Standing>() : open.types;
      streams.put(stream.id(), new OpenStream(stream, types));
    }
    return isNew;
  }

  synchronized void moved(XdsStream stream, Standing standing) {
    var open = streams.get(stream.id());
    if (open != null) {
      open.types.put(standing.type(), standing);
    }
  }

  /** Whether it was the last one. */
  synchronized boolean closed(XdsStream stream, Instant now) {
    var asked = asked();
    if (streams.remove(stream.id()) == null || !streams.isEmpty()) {
      return false;
    }
    left = asked;
    lastSeen = now;
    return true;
  }

  /**
   * The node asks without a stream. The refusal that its question means; null when it means none.
   */
  synchronized @Nullable String polls(
      XdsStream stream, Instant now, ResourceType type, Polled.Question question) {
    latest = streams.isEmpty() ? stream : latest;
    lastSeen = now;
    var before = polled.get(type);
    var after = before == null ? Polled.first(question) : before.asks(question);
    polled.put(type, after);
    return before != null && after.isRefusing() && !before.isRefusing() ? before.sent() : null;
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

  /** It runs this state as a whole. Whether it did not before. */
  synchronized boolean converged(GroupSnapshot state) {
    if (whole == null || !whole.version().equals(state.version())) {
      wholeBefore = whole;
      whole = state;
    }
    boolean isNew = !converged.equals(state.version());
    converged = state.version();
    return isNew;
  }

  /** It refused something of this state, so it never ran it as a whole, whatever it seemed. */
  synchronized void refused(String version) {
    converged = "";
    if (whole != null && whole.version().equals(version)) {
      whole = wholeBefore;
      wholeBefore = null;
    }
  }

  /** The state that it took last as a whole; null when none. */
  synchronized @Nullable GroupSnapshot whole() {
    return whole;
  }

  synchronized boolean isUnwanted(String version) {
    return unwanted.equals(version);
  }

  synchronized void wantsAll() {
    unwanted = "";
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

  synchronized int streams() {
    return streams.size();
  }

  /** Its streams, oldest first; of one that polls, the way it came last. */
  synchronized List<Held> held() {
    var open = streams.values().stream().map(OpenStream::stream);
    return (streams.isEmpty() && !polled.isEmpty() ? Stream.of(latest) : open)
        .map(one -> new Held(one.transport().word(), one.address(), one.since()))
        .toList();
  }
}
