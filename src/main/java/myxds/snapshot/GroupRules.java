package myxds.snapshot;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import myxds.resource.Origin;
import myxds.resource.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The rules that divide nodes into groups.
 *
 * @param rules in their order: the first that matches a node decides
 * @param defaultGroup of the nodes that belong to no other; null for none
 * @param defaultAt where the default group is written
 */
public record GroupRules(List<GroupRule> rules, @Nullable String defaultGroup, Origin defaultAt) {

  public GroupRules {
    rules = List.copyOf(rules);
  }

  /**
   * Returns the group of a node: that of the first matching rule; else the one named like its id;
   * else the default one; else its id.
   *
   * @param exists whether a group of this name is served now
   */
  String group(Node node, Predicate<String> exists) {
    for (var rule : rules) {
      if (rule.matches(node)) {
        return rule.group();
      }
    }
    return exists.test(node.getId()) || defaultGroup == null ? node.getId() : defaultGroup;
  }

  /**
   * Finds the rules that have no effect.
   *
   * @param hasFolder whether the source has a group of this name
   */
  public List<Problem> findings(Predicate<String> hasFolder) {
    var findings = new ArrayList<>(unmatched());
    findings.addAll(withoutFolder(hasFolder));
    return findings;
  }

  /** Finds the rules that match no node. Compares each rule with all earlier ones. */
  public List<Problem> unmatched() {
    var findings = new ArrayList<Problem>();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var name = name(i);
      unmatched(i)
          .ifPresent(why ->
              findings.add(Problem.warning(rule.at(), name + " never matches a node: " + why)));
    }
    return findings;
  }

  /**
   * Finds the rules whose group has no folder.
   *
   * @param hasFolder whether the source has a group of this name
   */
  public List<Problem> withoutFolder(Predicate<String> hasFolder) {
    var findings = new ArrayList<Problem>();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      if (!hasFolder.test(rule.group())) {
        findings.add(Problem.warning(rule.at(), name(i) + noFolder(rule.group())));
      }
    }
    if (defaultGroup != null && !hasFolder.test(defaultGroup)) {
      findings.add(Problem.warning(defaultAt, "default_group" + noFolder(defaultGroup)));
    }
    return findings;
  }

  private static String name(int index) {
    return "groups[" + index + "]";
  }

  private static String noFolder(String group) {
    return " names the group %s, which has no folder: its nodes are served nothing (expected: resources in %s/)"
        .formatted(group, group);
  }

  private Optional<String> unmatched(int index) {
    var rule = rules.get(index);
    if (rule.isImpossible()) {
      return Optional.of("match.id is empty (expected: a text, every node has an id)");
    }
    for (int i = 0; i < index; i++) {
      if (rules.get(i).covers(rule)) {
        return Optional.of(
            "groups[%d] in line %d matches the same nodes first (expected: the narrower rule first)"
                .formatted(i, rules.get(i).at().line()));
      }
    }
    return Optional.empty();
  }
}
