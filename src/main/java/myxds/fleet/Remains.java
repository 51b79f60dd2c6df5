package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import myxds.discovery.engine.Standing;
import myxds.fleet.NodeEntry.Asked;

/**
 * The part of what a client said about itself that is kept while it has no stream: what lists show.
 * Its metadata is not: its group is kept instead.
 *
 * @param shortened whether lists lack something that they would show
 * @param bytes about how many it takes
 */
record Remains(Node node, List<Asked> asked, boolean shortened, int bytes) {
  /** In bytes. An Envoy's node has a few hundred here. */
  private static final int MOST = 8 << 10;

  /** In characters, of all names of a type. */
  private static final int MOST_NAMES = 64 << 10;

  private static final int FEW_NAMES = 100;
  private static final int OWN_BYTES = 500;

  static Remains of(Node node, List<Asked> asked) {
    var kept = node(node);
    boolean fits = kept.getSerializedSize() <= MOST;
    var some = fits ? kept : least(kept);
    var types = asked.stream().map(Remains::shortened).toList();
    int bytes = OWN_BYTES + some.getSerializedSize();
    for (var one : types) {
      bytes += size(one.standing().names());
    }
    return new Remains(some, types, !fits || !types.equals(asked), bytes);
  }

  private static Node node(Node node) {
    var kept =
        Node.newBuilder()
            .setId(node.getId())
            .setCluster(node.getCluster())
            .setUserAgentName(node.getUserAgentName())
            .addAllClientFeatures(node.getClientFeaturesList());
    if (node.hasLocality()) {
      kept.setLocality(node.getLocality());
    }
    if (node.hasUserAgentVersion()) {
      kept.setUserAgentVersion(node.getUserAgentVersion());
    }
    if (node.hasUserAgentBuildVersion()) {
      kept.setUserAgentBuildVersion(node.getUserAgentBuildVersion());
    }
    return kept.build();
  }

  private static Node least(Node node) {
    var cluster = node.getCluster();
    return Node.newBuilder()
        .setId(node.getId())
        .setCluster(cluster.length() > MOST ? "" : cluster)
        .build();
  }

  private static Asked shortened(Asked asked) {
    var one = asked.standing();
    if (size(one.names()) <= MOST_NAMES) {
      return asked;
    }
    var names = one.names().stream().limit(FEW_NAMES).filter(name -> name.length() < 500).toList();
    var standing =
        new Standing(one.type(), names, one.sent(), one.acked(), one.settled(), one.waitingFor());
    return new Asked(asked.transport(), standing, asked.isPolled());
  }

  private static int size(List<String> names) {
    return names.stream().mapToInt(String::length).sum();
  }
}
