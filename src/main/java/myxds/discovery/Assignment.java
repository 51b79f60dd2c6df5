package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;

/**
 * Decides which state each client is served. Called on every request, on many threads: an
 * implementation neither blocks nor throws.
 */
@FunctionalInterface
public interface Assignment {

  /** Returns the group that the node belongs to now. */
  String group(Node node);

  /**
   * Returns the state of its group that a stream is served.
   *
   * @param newest the newest state of the group; requests without a stream always get this one
   */
  default GroupSnapshot choice(String group, XdsStream stream, GroupSnapshot newest) {
    return newest;
  }

  /** Returns what the stream's client NACKed of the newest state of its group. */
  default List<Refused> refused(XdsStream stream) {
    return List.of();
  }

  /**
   * Returns a key that all streams of one client have in common. Two clients may have the same
   * {@code node.id}. The key begins with the id, so that sorted keys sort the clients by id.
   */
  default String client(XdsStream stream) {
    return stream.node().getId() + "\n" + stream.address();
  }

  /**
   * A NACK.
   *
   * @param name of the resource that it is about; empty when that is not known
   * @param version of the type that was refused
   * @param reason the client's own words, without secrets
   */
  record Refused(ResourceType type, String name, String version, String reason) {}
}
