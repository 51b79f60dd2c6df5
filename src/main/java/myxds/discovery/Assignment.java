package myxds.discovery;

import io.envoyproxy.envoy.config.core.v3.Node;
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
}
