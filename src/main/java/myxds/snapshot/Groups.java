package myxds.snapshot;

import io.envoyproxy.controlplane.cache.NodeGroup;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which group a node belongs to: the first matching rule's; else the one named like its id; else
 * the default one. A node of no group is filed under its own id, where it waits until such a group
 * appears.
 */
public final class Groups implements NodeGroup<String> {
  private final List<GroupRule> rules;
  private final @Nullable String defaultGroup;
  private final Predicate<String> exists;

  /**
   * @param exists whether a group of this name is served now
   */
  public Groups(List<GroupRule> rules, @Nullable String defaultGroup, Predicate<String> exists) {
    this.rules = List.copyOf(rules);
    this.defaultGroup = defaultGroup;
    this.exists = exists;
  }

  @Override
  public String hash(Node node) {
    for (var rule : rules) {
      if (rule.matches(node)) {
        return rule.group();
      }
    }
    return exists.test(node.getId()) || defaultGroup == null ? node.getId() : defaultGroup;
  }
}
