package myxds.fleet;

import com.google.common.util.concurrent.Striped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import myxds.discovery.XdsStream;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are connected, or were lately, sorted by id. A client that comes takes the place
 * of one of its id that is gone: it is most likely the same Envoy on a new connection. Safe for
 * many threads; clients of one id wait for each other while they come and go.
 */
final class Clients {
  /** The user agent of {@code my-xds watch}. */
  private static final String ONLOOKER = "my-xds watch";

  private static final int LOCKS = 64;

  private final ConcurrentSkipListMap<ClientKey, NodeEntry> all = new ConcurrentSkipListMap<>();
  private final Map<Long, NodeEntry> byStream = new ConcurrentHashMap<>();
  private final Striped<Lock> locks = Striped.lock(LOCKS);
  private final Gone gone;

  /**
   * A client that came.
   *
   * @param before the one that it replaces; null when none
   */
  record Arrival(NodeEntry client, @Nullable NodeEntry before) {}

  Clients(Duration keepsGone) {
    this.gone = new Gone(keepsGone, this::forget);
  }

  /**
   * Whether the stream or poll is a client's. {@code my-xds watch}, or a person with {@code curl},
   * looks at what a node would be served, under the node's name; a proxy says which program it is.
   */
  static boolean isClient(XdsStream stream) {
    var program = stream.node().getUserAgentName();
    boolean isOnlooker =
        program.equals(ONLOOKER) || (program.isEmpty() && !stream.transport().isStream());
    return !isOnlooker && !stream.node().getId().isEmpty();
  }

  /** Returns all, sorted; what changes meanwhile may or may not be seen. */
  Collection<NodeEntry> all() {
    return all.values();
  }

  /** Returns the clients of an id. */
  List<NodeEntry> of(String id) {
    return all.tailMap(ClientKey.least(id)).entrySet().stream()
        .takeWhile(one -> one.getKey().id().equals(id))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Returns the client of a stream that asked something, or of a poll; null when there is none. */
  @Nullable NodeEntry of(XdsStream stream) {
    if (stream.transport().isStream()) {
      return byStream.get(stream.id());
    }
    return isClient(stream) ? all.get(ClientKey.first(stream)) : null;
  }

  /** Notes the first request on a stream. Returns the client if this is its only stream. */
  @Nullable Arrival connect(XdsStream stream, Instant now) {
    return locked(
        stream,
        () -> {
          var key = ClientKey.first(stream);
          var known = all.get(key);
          while (known != null && !known.takes(stream)) {
            key = key.next();
            known = all.get(key);
          }
          if (known != null && known.hasStreams()) {
            known.spoke(stream, now);
            byStream.put(stream.id(), known);
            return null;
          }
          var before = known != null ? known : replaced(stream);
          return new Arrival(arrive(key, stream, now, before), before);
        });
  }

  private NodeEntry arrive(
      ClientKey key, XdsStream stream, Instant now, @Nullable NodeEntry before) {
    if (before != null) {
      gone.remove(before);
      all.remove(before.key(), before);
    }
    var client = new NodeEntry(key, stream, now, before == null ? null : before.good());
    client.spoke(stream, now);
    all.put(key, client);
    byStream.put(stream.id(), client);
    return client;
  }

  /** The client of this id that is gone and is most like the one of the stream. */
  private @Nullable NodeEntry replaced(XdsStream stream) {
    var build = Build.of(stream.node());
    var host = ClientKey.first(stream).host();
    var alike =
        Comparator.comparing((NodeEntry one) -> Build.of(one.node()).equals(build))
            .thenComparing(one -> one.key().host().equals(host))
            .thenComparing(NodeEntry::lastSeen);
    return of(stream.node().getId()).stream()
        .filter(one -> !one.hasStreams() && one.latest().transport().isStream())
        .max(alike)
        .orElse(null);
  }

  /** Notes a request without a stream, and returns its client. */
  NodeEntry poll(
      XdsStream stream, Instant now, String group, Map.Entry<ResourceType, Polled.Question> asks) {
    return locked(
        stream,
        () -> {
          var key = ClientKey.first(stream);
          var client = all.computeIfAbsent(key, any -> new NodeEntry(key, stream, now, null));
          var remains = client.polls(stream, now, group, asks);
          gone.add(client, now, remains.bytes());
          return client;
        });
  }

  /** Notes the end of a stream. Returns its client if that was the last one; else null. */
  @Nullable NodeEntry close(XdsStream stream, Instant now, String group) {
    return locked(
        stream,
        () -> {
          var client = byStream.remove(stream.id());
          var remains = client == null ? null : client.closed(stream, now, group);
          if (client == null || remains == null) {
            return null;
          }
          gone.add(client, now, remains.bytes());
          return client;
        });
  }

  /** Forgets the clients that have been gone for long enough. */
  void prune(Instant now) {
    gone.prune(now);
  }

  /** How many bytes the clients that are gone take, about. */
  long bytesOfGone() {
    return gone.bytes();
  }

  private void forget(NodeEntry client, Instant seen) {
    if (!client.hasStreams() && !client.lastSeen().isAfter(seen)) {
      all.remove(client.key(), client);
    }
  }

  private <T extends @Nullable Object> T locked(XdsStream stream, Supplier<T> work) {
    var lock = locks.get(stream.node().getId());
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
