package myxds.discovery;

import io.envoyproxy.envoy.type.matcher.v3.NodeMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import java.util.Locale;

/** Which nodes a CSDS request asks for: any that one of its matchers takes, or all without one. */
final class NodeMatch {
  private final List<NodeMatcher> matchers;

  /**
   * @throws IllegalArgumentException naming what cannot be matched
   */
  NodeMatch(List<NodeMatcher> matchers) {
    for (var matcher : matchers) {
      if (matcher.getNodeMetadatasCount() > 0) {
        throw new IllegalArgumentException(
            "node_matchers.node_metadatas (expected: matchers of node_id)");
      }
      var id = matcher.getNodeId();
      if (id.hasSafeRegex() || id.hasCustom()) {
        throw new IllegalArgumentException(
            "node_matchers.node_id (expected: exact, prefix, suffix or contains)");
      }
    }
    this.matchers = matchers;
  }

  boolean matches(String id) {
    return matchers.isEmpty()
        || matchers.stream().anyMatch(matcher -> matches(matcher.getNodeId(), id));
  }

  private static boolean matches(StringMatcher matcher, String id) {
    var text = matcher.getIgnoreCase() ? id.toLowerCase(Locale.ROOT) : id;
    return switch (matcher.getMatchPatternCase()) {
      case EXACT -> text.equals(cased(matcher, matcher.getExact()));
      case PREFIX -> text.startsWith(cased(matcher, matcher.getPrefix()));
      case SUFFIX -> text.endsWith(cased(matcher, matcher.getSuffix()));
      case CONTAINS -> text.contains(cased(matcher, matcher.getContains()));
      case SAFE_REGEX, CUSTOM -> false;
      case MATCHPATTERN_NOT_SET -> true;
    };
  }

  private static String cased(StringMatcher matcher, String pattern) {
    return matcher.getIgnoreCase() ? pattern.toLowerCase(Locale.ROOT) : pattern;
  }
}
