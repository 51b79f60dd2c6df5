package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import myxds.resource.ResourceType;

/**
 * What is known of a client, at one moment; immutable.
 *
 * @param node as it sent it last, but for its extensions; of one without a stream, without metadata
 * @param extensions how many it has
 * @param shortened whether it has no stream, and said more about itself than is kept then
 * @param address of its connection, which tells it from other clients of its id; of one that polls,
 *     the host
 * @param sharing how many connected clients have its id
 * @param group that it belongs to now
 * @param desired the version of its group's newest state; empty when there is none
 * @param served the version of the state that it is served: another one after a refusal
 * @param streams that it holds, oldest first; of a node that is gone, none
 * @param lastSeen when it spoke last
 * @param types by the order in which they are delivered
 */
public record NodeStanding(
    Node node,
    int extensions,
    boolean shortened,
    String address,
    int sharing,
    String group,
    NodeState state,
    String desired,
    String served,
    List<Held> streams,
    Instant lastSeen,
    SortedMap<ResourceType, TypeStanding> types) {

  /**
   * A stream.
   *
   * @param address of its client, {@code 127.0.0.1:53412}
   */
  public record Held(String transport, String address, Instant since) {}

  public String id() {
    return node.getId();
  }

  /** Its version, {@code 1.40.0}; empty when it did not tell. */
  public String envoy() {
    return Build.version(node);
  }

  /** What distinguishes its binary from others of the version; empty when it did not tell. */
  public String build() {
    return Build.of(node);
  }
}
