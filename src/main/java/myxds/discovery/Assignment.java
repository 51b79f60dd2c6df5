package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;

/** What a node is served. Asked on every request, on many threads: it neither blocks nor throws. */
@FunctionalInterface
public interface Assignment {

  /** The group that the node belongs to now. */
  String group(Node node);

  /**
   * Which state of its group the node is served.
   *
   * @param newest what others are
   */
  default GroupSnapshot choice(String group, Node node, GroupSnapshot newest) {
    return newest;
  }

  /** What the node refused of the newest state of its group, and is not offered again. */
  default List<Refused> refused(Node node) {
    return List.of();
  }

  /**
   * A refusal.
   *
   * @param name of the resource that it is about; empty when that is not known
   * @param version of the type that was refused
   * @param reason the client's own words, without secrets
   */
  record Refused(ResourceType type, String name, String version, String reason) {}
}
