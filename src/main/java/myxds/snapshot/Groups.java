package myxds.snapshot;

import io.envoyproxy.controlplane.cache.NodeGroup;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Which group a node belongs to, by the rules as they are now. A node of no group is filed under
 * its own id, where it waits until such a group appears.
 *
 * @param exists whether a group of this name is served now
 */
public record Groups(Supplier<GroupRules> rules, Predicate<String> exists)
    implements NodeGroup<String> {

  @Override
  public String hash(Node node) {
    return rules.get().group(node, exists);
  }
}
