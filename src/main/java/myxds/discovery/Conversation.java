package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.DiscoveryObserver.Refusal;
import myxds.resource.ResourceType;

/**
 * What was said on one stream: the node, and per type the last response. Requests come on the
 * stream's event loop, but the library sends responses on the publisher's thread too; hence the
 * stream's own lock, which also keeps the observer's calls in the order of the stream.
 */
final class Conversation {
  private final DiscoveryObserver observer;
  private final StreamMethod method;
  private final Map<ResourceType, Sent> lastSent = new HashMap<>();
  private final long openedAt = System.nanoTime();
  private XdsStream stream;
  private boolean closed;

  /** A response that the client has not judged yet, or has when {@code judged}. */
  private record Sent(String nonce, String version, boolean judged) {}

  Conversation(StreamMethod method, String address, DiscoveryObserver observer) {
    this.method = method;
    this.observer = observer;
    this.stream = XdsStream.begin(method.transport(), address);
  }

  synchronized void opened() {
    observer.streamOpened(stream);
  }

  /**
   * Takes note of a request and completes it with what the client may leave out.
   *
   * @throws StatusRuntimeException if it breaks the protocol, with what the client is to be told
   */
  synchronized StreamRequest received(StreamRequest request) {
    var type = typeOf(request);
    var node = newest(request.node());
    if (!node.equals(stream.node())) {
      stream = stream.withNode(node);
    }
    observer.requested(
        stream, new Asked(type, request.version(), request.nonce(), request.names()));
    judge(type, request);
    return request.with(type.typeUrl(), stream.node());
  }

  synchronized void sent(Object response) {
    if (closed) {
      return;
    }
    var answered = answered(response);
    lastSent.put(answered.type(), new Sent(answered.nonce(), answered.version(), false));
    observer.responded(stream, answered);
  }

  /** The first call counts: a stream ends once. */
  synchronized void closed(Status status) {
    if (closed) {
      return;
    }
    closed = true;
    lastSent.clear();
    var lived = Duration.ofNanos(System.nanoTime() - openedAt);
    observer.streamClosed(stream, status.getCode().name(), lived);
  }

  /** On a stream of one type, the type may be left out (discovery.proto, {@code type_url}). */
  private ResourceType typeOf(StreamRequest request) {
    var only = method.type();
    if (request.typeUrl().isEmpty()) {
      if (only == null) {
        throw invalid("type_url is missing (expected: one in every request of an ADS stream)");
      }
      return only;
    }
    if (only != null && !only.typeUrl().equals(request.typeUrl())) {
      throw invalid("type_url: " + request.typeUrl() + " (expected: " + only.typeUrl() + ")");
    }
    return ResourceType.of(request.typeUrl());
  }

  /** A client may tell its node in the first request only, or again when its metadata changed. */
  private Node newest(Node told) {
    var known = stream.node();
    if (told.getId().isEmpty() && !known.equals(Node.getDefaultInstance())) {
      return known;
    }
    if (!known.getId().isEmpty() && !known.getId().equals(told.getId())) {
      throw invalid("node.id: " + told.getId() + " (expected: " + known.getId() + ", as before)");
    }
    // Envoy lists its several hundred extensions, most of the node's bytes; nothing asks for them,
    // and the node is held as long as the stream lives.
    return told.toBuilder().clearExtensions().build();
  }

  /** The nonce tells which response is meant; a stale one judges nothing, a repeat nothing new. */
  private void judge(ResourceType type, StreamRequest request) {
    var sent = lastSent.get(type);
    if (sent == null || sent.judged || !sent.nonce.equals(request.nonce())) {
      return;
    }
    lastSent.put(type, new Sent(sent.nonce, sent.version, true));
    request
        .refusal()
        .ifPresentOrElse(
            reason ->
                observer.nacked(stream, type, new Refusal(sent.version, Redaction.of(reason))),
            () -> observer.acked(stream, type, sent.version));
  }

  private static Answered answered(Object response) {
    return switch (response) {
      case DiscoveryResponse sotw ->
          new Answered(
              ResourceType.of(sotw.getTypeUrl()),
              sotw.getVersionInfo(),
              sotw.getNonce(),
              sotw.getResourcesCount(),
              0,
              sotw.getSerializedSize());
      case DeltaDiscoveryResponse delta ->
          new Answered(
              ResourceType.of(delta.getTypeUrl()),
              delta.getSystemVersionInfo(),
              delta.getNonce(),
              delta.getResourcesCount(),
              delta.getRemovedResourcesCount(),
              delta.getSerializedSize());
      default -> throw new IllegalArgumentException("not an xDS response: " + response.getClass());
    };
  }

  private static StatusRuntimeException invalid(String description) {
    return Status.INVALID_ARGUMENT.withDescription(description).asRuntimeException();
  }
}
