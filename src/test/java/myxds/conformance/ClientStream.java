package myxds.conformance;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import myxds.resource.ResourceType;

/** What state-of-the-world and delta streams have in common. Used by one row, on its thread. */
abstract class ClientStream<Q, A> {
  /** What a server may still have had on its way when it answered the barrier. */
  private static final Duration LINGER = Duration.ofMillis(25);

  /** Where no barrier can be had: long enough for a push on one machine. */
  private static final Duration BOUNDED_WAIT = Duration.ofMillis(200);

  /** Whether a barrier can be asked for on this stream at all. */
  enum Barriers {
    YES,
    NO
  }

  final RawStream<Q, A> raw;
  private final Barriers barriers;
  private final List<String> asked = new ArrayList<>();
  private Node node;
  private boolean onlyOnce;
  private boolean said;

  ClientStream(RawStream<Q, A> raw, Node node, Barriers barriers) {
    this.raw = raw;
    this.node = node;
    this.barriers = barriers;
  }

  /** The node goes with the first request only, as gRPC's clients do it. */
  final void sayNodeOnce() {
    onlyOnce = true;
  }

  final void become(Node other) {
    node = other;
  }

  final Node node() {
    return node;
  }

  /** Whether the request about to be sent carries the node. */
  final boolean withNode() {
    boolean with = !onlyOnce || !said;
    said = true;
    return with;
  }

  final Status end() throws Exception {
    return raw.end();
  }

  /**
   * Nothing comes, and nothing has come that was not taken. On ADS the server is asked for a secret
   * that it has: its answer tells that it is done with all that was said before. Elsewhere this
   * waits a short time.
   */
  final void silent() throws InterruptedException {
    if (barriers == Barriers.NO || uses(ResourceType.SECRET) || asked.size() == Sample.BARRIERS) {
      raw.nextWithin(BOUNDED_WAIT).ifPresent(ClientStream::unwanted);
      return;
    }
    asked.add(Sample.barrier(asked.size()));
    askBarrier(asked);
    var answer = raw.next();
    if (!tookBarrier(answer, asked)) {
      unwanted(answer);
    }
    raw.nextWithin(LINGER).ifPresent(ClientStream::unwanted);
  }

  /** Whether the row itself asked for this type. */
  abstract boolean uses(ResourceType type);

  /** Asks for the last of these secrets, all others being had. */
  abstract void askBarrier(List<String> all);

  /** Acknowledges the answer, if it is the barrier's. */
  abstract boolean tookBarrier(A answer, List<String> all);

  private static void unwanted(Object frame) {
    throw new AssertionError("silence was expected, but this came: " + frame);
  }
}
