package myxds.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import myxds.discovery.engine.Refusal;
import myxds.discovery.engine.Response;
import myxds.discovery.engine.Standing;
import myxds.resource.ResourceType;
import myxds.snapshot.TypeView;

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
   * @param held delta: the versions by name that the client holds from an earlier stream
   */
  record Asked(
      ResourceType type,
      String version,
      String nonce,
      List<String> names,
      Map<String, String> held) {

    /** A request that says nothing of an earlier stream, or says it by its version. */
    public Asked(ResourceType type, String version, String nonce, List<String> names) {
      this(type, version, nonce, names, Map.of());
    }

    /** Whether a client that begins a stream says that it holds the whole of this view. */
    public boolean holds(TypeView view) {
      if (!nonce.isEmpty()) {
        return false;
      }
      if (held.isEmpty()) {
        return !version.isEmpty() && version.equals(view.version());
      }
      boolean all = names.isEmpty() || names.contains("*");
      return (!all || held.size() == view.size())
          && held.entrySet().stream().allMatch(one -> holds(view, one.getKey(), one.getValue()));
    }

    private static boolean holds(TypeView view, String name, String version) {
      var resource = view.find(name);
      return resource != null && resource.version().equals(version);
    }
  }

  /**
   * A response.
   *
   * @param resources how many it carries
   * @param removed delta: how many it takes away
   * @param bytes serialized
   */
  record Answered(
      ResourceType type, String version, String nonce, int resources, int removed, int bytes) {

    static Answered of(Response response) {
      return new Answered(
          response.type(),
          response.version(),
          response.nonce(),
          response.resources(),
          response.removed(),
          response.size());
    }
  }
}
