package myxds.fleet;

import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;

/** Which program a node runs: what one build refuses, each of that build does. */
final class Build {
  private Build() {}

  /** {@code 1.40.0}; empty when it did not tell. */
  static String version(Node node) {
    if (!node.hasUserAgentBuildVersion()) {
      return node.getUserAgentVersion();
    }
    var version = node.getUserAgentBuildVersion().getVersion();
    return version.getMajorNumber() + "." + version.getMinorNumber() + "." + version.getPatch();
  }

  /** {@code envoy/1.40.0/SHA}: name, version and revision, as far as the node told them. */
  static String of(Node node) {
    var revision =
        node.getUserAgentBuildVersion()
            .getMetadata()
            .getFieldsOrDefault("revision.sha", Value.getDefaultInstance());
    return node.getUserAgentName() + "/" + version(node) + "/" + revision.getStringValue();
  }
}
