package myxds.conformance;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import myxds.resource.ResourceType;
import org.assertj.core.api.Assertions;

/** What state-of-the-world and delta streams have in common. Used by one row, on its thread. */
abstract class ClientStream<Q, A> {
  /** What a server may still have had on its way when it answered the barrier. */
  private static final Duration LINGER = Duration.ofMillis(25);

  /** Where no barrier can be had: long enough for a push on one machine. */
  private static final Duration BOUNDED_WAIT = Duration.ofMillis(200);

  private static final int TOO_MANY = 50;

  final RawStream<Q, A> raw;
  private final BooleanSupplier barriers;

  /** The barriers asked for until now. */
  final List<String> asked = new ArrayList<>();

  private Node node;
  private boolean onlyOnce;
  private boolean said;

  ClientStream(RawStream<Q, A> raw, Node node, BooleanSupplier barriers) {
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

  /** Nothing comes, and nothing has come that was not taken. */
  final void silent() throws InterruptedException {
    var came = rest().stream().map(this::summary).toList();
    Assertions.assertThat(came).as("what came although nothing should").isEmpty();
  }

  /**
   * What comes of itself. On ADS the server is asked for a secret that it has: its answer tells
   * that it is done with all that was said before. Elsewhere this waits a short time.
   */
  final List<A> rest() throws InterruptedException {
    var came = new ArrayList<A>();
    if (!canAsk()) {
      drain(BOUNDED_WAIT, came);
      return came;
    }
    asked.add(Sample.barrier(asked.size()));
    askBarrier(asked);
    for (var frame = raw.next(); !isBarrier(frame); frame = raw.next()) {
      took(frame);
      came.add(frame);
    }
    drain(LINGER, came);
    return came;
  }

  private boolean canAsk() {
    return barriers.getAsBoolean() && !uses(ResourceType.SECRET) && asked.size() < Sample.BARRIERS;
  }

  private void drain(Duration time, List<A> came) throws InterruptedException {
    for (var frame = raw.nextWithin(time); frame.isPresent(); frame = raw.nextWithin(time)) {
      took(frame.get());
      came.add(frame.get());
      if (came.size() == TOO_MANY) {
        throw new AssertionError("no end of responses like " + summary(frame.get()));
      }
    }
  }

  /** Whether the row itself asked for this type. */
  abstract boolean uses(ResourceType type);

  /** Asks for the last of these secrets, all others being had. */
  abstract void askBarrier(List<String> all);

  /** Acknowledges it and says so, if it is the barrier's answer. */
  abstract boolean isBarrier(A answer);

  /** Type and names, for people. */
  abstract String summary(A answer);

  /** Remembers of a response what a client has to remember. */
  abstract void took(A answer);
}
