package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import myxds.discovery.DiscoveryObserver.Answered;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.engine.ClientStream;
import myxds.discovery.engine.Outlet;
import myxds.discovery.engine.Refusal;
import myxds.discovery.engine.Response;
import myxds.discovery.engine.Rules;
import myxds.discovery.engine.Standing;
import myxds.discovery.engine.StreamRequest;
import myxds.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream on the wire: reads requests, writes responses, tells the observer, and ends with a
 * status that says why. Lives on its connection's event loop.
 */
final class StreamCall extends ServerCall.Listener<Object> implements Outlet {
  private static final Logger log = LoggerFactory.getLogger(StreamCall.class);

  private final ServerCall<Object, Response> call;
  private final StreamMethod method;
  private final Setting setting;
  private final DiscoveryObserver observer;
  private final ClientStream client;
  private final @Nullable SocketAddress remote;
  private final @Nullable ClientConnection connection;
  private final long openedAt = System.nanoTime();
  private XdsStream stream;
  private @Nullable String group;
  private @Nullable Status end;
  private boolean closed;
  private final Backlog backlog;

  /** What a stream shares with the others of its loop. */
  record Setting(StreamLoop loop, Rules rules, OutboundBudget budget, DiscoveryObserver observer) {}

  StreamCall(ServerCall<Object, Response> call, StreamMethod method, Setting setting) {
    this.call = call;
    this.method = method;
    this.setting = setting;
    this.observer = setting.observer;
    this.remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    this.connection = setting.loop.streams().connection(remote);
    this.backlog = new Backlog(setting.budget);
    this.client = new ClientStream(this, setting.rules);
    this.stream = XdsStream.begin(method.transport(), Addresses.of(call));
  }

  void open() {
    observer.streamOpened(stream);
    call.sendHeaders(new Metadata());
    call.request(1);
  }

  /** The group's state has changed. */
  void refresh() {
    guarded(this::serve);
  }

  /** There is a new group, which may be this stream's. */
  void regroup() {
    guarded(() -> {
      join();
      serve();
    });
  }

  @Override
  public void onMessage(Object message) {
    guarded(() -> {
      if (message instanceof Status unreadable) {
        throw unreadable.asRuntimeException();
      }
      receive(StreamRequest.of(message));
      call.request(1);
    });
  }

  @Override
  public void onReady() {
    guarded(() -> {
      if (call.isReady()) {
        backlog.clear();
      }
      client.pump();
    });
  }

  @Override
  public void onHalfClose() {
    end(Status.OK);
  }

  @Override
  public void onCancel() {
    closed(end == null ? ClientConnection.end(connection) : end);
  }

  @Override
  public void onComplete() {
    closed(end == null ? Status.OK : end);
  }

  @Override
  public boolean isReady() {
    if (end != null || closed || !call.isReady()) {
      return false;
    }
    if (setting.budget.hasRoom()) {
      return true;
    }
    setting.loop.starve(this);
    return false;
  }

  @Override
  public void send(Response response) {
    observer.responded(stream, Answered.of(response));
    call.sendMessage(response);
    setting.loop.wrote(response.size());
    if (!call.isReady()) {
      backlog.add(response.size());
    }
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    setting.loop.schedule(delay.toNanos(), () -> guarded(task));
  }

  @Override
  public void acked(ResourceType type, String version) {
    observer.acked(stream, type, version);
  }

  @Override
  public void nacked(ResourceType type, Refusal refusal) {
    observer.nacked(stream, type, refusal);
  }

  @Override
  public void moved(Standing standing) {
    observer.moved(stream, standing);
  }

  @Override
  public void held(ResourceType type, String reason) {
    observer.held(stream, type, reason);
  }

  @Override
  public void released(ResourceType type, boolean expired) {
    observer.released(stream, type, expired);
  }

  /** Offers again what the client refused, if it is one of these nodes. */
  void retry(Predicate<Node> nodes) {
    if (nodes.test(stream.node())) {
      guarded(() -> {
        serve();
        client.retry();
      });
    }
  }

  /** How long bytes have been waiting for the client to read; 0 when none do, or it has ended. */
  Duration stalled() {
    return end != null ? Duration.ZERO : backlog.age();
  }

  /** Returns the stream and where it stands, if it comes from this address; null is any. */
  Stream<ClientStatuses.Client> standing(@Nullable String address) {
    return address == null || address.equals(stream.address())
        ? Stream.of(new ClientStatuses.Client(stream, client.statuses()))
        : Stream.empty();
  }

  /** Ends the stream for the sake of the others. */
  void evict() {
    log.atWarn()
        .addKeyValue("stream", stream.id())
        .addKeyValue("node", stream.node().getId())
        .addKeyValue("bytes", backlog.bytes())
        .log("ended a stream that is not read");
    end =
        Status.RESOURCE_EXHAUSTED.withDescription(
            backlog.bytes() + " bytes have not been read for " + stalled().toSeconds() + " s");
    // A status would wait behind those bytes.
    setting.loop.streams().disconnect(remote);
  }

  /** Ends the stream and tells the client why. */
  void end(Status status) {
    if (end == null && !closed) {
      end = status;
      call.close(status, new Metadata());
    }
  }

  private void receive(StreamRequest request) {
    var type = method.typeOf(request);
    boolean moved = node(request.node()) || group == null;
    observer.requested(
        stream,
        new Asked(type, request.version(), request.nonce(), request.names(), request.claims()));
    if (moved) {
      join();
    }
    serve();
    client.take(type, request);
    // What the client refuses may decide what it is served.
    serve();
    client.pump();
  }

  /**
   * A client may tell its node in the first request only, or again when its metadata changed.
   * Whether it is another one now.
   */
  private boolean node(Node told) {
    var known = stream.node();
    if (told.getId().isEmpty() && !known.getId().isEmpty()) {
      return false;
    }
    StreamMethod.ensureValid(told, known, connection);
    var before = stream;
    stream = stream.withNode(told);
    client.knows(told.getClientFeaturesList());
    return !stream.equals(before);
  }

  private void join() {
    var now = setting.loop.streams().group(stream.node());
    if (!now.equals(group)) {
      leave();
      group = now;
      setting.loop.join(now, this);
    }
  }

  private void leave() {
    if (group != null) {
      setting.loop.leave(group, this);
      group = null;
    }
  }

  private void serve() {
    var served = group == null ? null : setting.loop.streams().served(group, stream);
    if (served != null && served != client.served()) {
      client.serve(served);
    }
  }

  /** The first call counts: a stream ends once, and nothing of it stays. */
  private void closed(Status status) {
    if (closed) {
      return;
    }
    closed = true;
    client.close();
    leave();
    backlog.clear();
    var lived = Duration.ofNanos(System.nanoTime() - openedAt);
    observer.streamClosed(stream, StreamMethod.text(status), lived);
  }

  /** Whatever goes wrong in here hurts this stream only. */
  private void guarded(Runnable step) {
    if (end != null || closed) {
      return;
    }
    try {
      step.run();
    } catch (StatusRuntimeException e) {
      end(e.getStatus());
    } catch (RuntimeException e) {
      log.atError().addKeyValue("stream", stream.id()).setCause(e).log("request failed");
      end(Status.INTERNAL.withDescription("the request could not be processed"));
    }
  }
}
