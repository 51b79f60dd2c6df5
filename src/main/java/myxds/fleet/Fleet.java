package myxds.fleet;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import myxds.discovery.DiscoveryObserver;
import myxds.discovery.Transport;
import myxds.discovery.XdsStream;

/**
 * Who is connected now. It holds the open streams whose node is known and nothing else, so that a
 * node that is gone costs nothing. Streams tell it on their own threads, anyone may ask it.
 */
public final class Fleet implements DiscoveryObserver {
  private final Map<Long, XdsStream> streams = new ConcurrentHashMap<>();
  private final Function<Node, String> group;

  /**
   * @param group the group that a node belongs to; asked anew each time, because it may change
   */
  public Fleet(Function<Node, String> group) {
    this.group = group;
  }

  @Override
  public void requested(XdsStream stream, Asked asked) {
    if (stream.transport().isStream() && !stream.node().getId().isEmpty()) {
      streams.put(stream.id(), stream);
    }
  }

  @Override
  public void streamClosed(XdsStream stream, String status, Duration lived) {
    streams.remove(stream.id());
  }

  /** The connected nodes, by id. */
  public List<ConnectedNode> nodes() {
    return streams.values().stream()
        .sorted(Comparator.comparingLong(XdsStream::id))
        .collect(
            Collectors.groupingBy(
                stream -> stream.node().getId(), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(this::node)
        .toList();
  }

  /** The streams of one node, oldest first; what it told last counts. */
  private ConnectedNode node(List<XdsStream> streams) {
    var oldest = streams.getFirst();
    var node = streams.getLast().node();
    return new ConnectedNode(
        node.getId(),
        node.getCluster(),
        group.apply(node),
        envoy(node),
        oldest.address(),
        oldest.since(),
        streams.stream()
            .map(XdsStream::transport)
            .distinct()
            .sorted()
            .map(Transport::word)
            .toList(),
        streams.size());
  }

  private static String envoy(Node node) {
    if (!node.hasUserAgentBuildVersion()) {
      return node.getUserAgentVersion();
    }
    var version = node.getUserAgentBuildVersion().getVersion();
    return version.getMajorNumber() + "." + version.getMinorNumber() + "." + version.getPatch();
  }
}
