package myxds.discovery;

import java.time.Duration;
import java.util.List;
import myxds.discovery.engine.Refusal;
import myxds.discovery.engine.Standing;
import myxds.resource.ResourceType;

/**
 * What is said on xDS streams and REST requests. Called on the stream's own thread, in the order of
 * the stream; an observer neither blocks nor throws.
 */
public interface DiscoveryObserver {

  /** Tells each of them everything; one that throws is logged and hurts no other. */
  static DiscoveryObserver all(List<? extends DiscoveryObserver> observers) {
    return new AllObservers(List.copyOf(observers));
  }

  default void streamOpened(XdsStream stream) {}

  /** Every request, before it is seen as an ACK or a NACK. */
  default void requested(XdsStream stream, Asked asked) {}

  default void responded(XdsStream stream, Answered answered) {}

  default void acked(XdsStream stream, ResourceType type, String version) {}

  /** The reason holds no secrets. */
  default void nacked(XdsStream stream, ResourceType type, Refusal refusal) {}

  /** The client stands elsewhere with a type than before; told after what moved it. */
  default void moved(XdsStream stream, Standing standing) {}

  /** What could be sent waits, so that no request is lost: {@code reason} says for what. */
  default void held(XdsStream stream, ResourceType type, String reason) {}

  /** The wait is over; {@code expired}: the client took too long, and is told all the same. */
  default void released(XdsStream stream, ResourceType type, boolean expired) {}

  /**
   * However it ended: the client's end, its vanishing, or an error.
   *
   * @param status gRPC's code, and after a colon what the client was told
   */
  default void streamClosed(XdsStream stream, String status, Duration lived) {}

  /**
   * A request.
   *
   * @param version SotW: the version that the client holds; delta: empty
   * @param names SotW: all names asked for; delta: those newly subscribed
   */
  record Asked(ResourceType type, String version, String nonce, List<String> names) {}

  /**
   * A response.
   *
   * @param resources how many it carries
   * @param removed delta: how many it takes away
   * @param bytes serialized
   */
  record Answered(
      ResourceType type, String version, String nonce, int resources, int removed, int bytes) {}
}
