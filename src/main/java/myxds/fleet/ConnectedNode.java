package myxds.fleet;

import java.time.Instant;
import java.util.List;

/**
 * A node that holds at least one stream.
 *
 * @param group that it belongs to now
 * @param envoy its version, {@code 1.40.0}; empty when it did not tell
 * @param address of its oldest stream, {@code 127.0.0.1:53412}
 * @param connectedAt when its oldest stream was opened
 * @param transports of its streams, each once: {@code ads-delta}
 * @param streams how many
 */
public record ConnectedNode(
    String id,
    String cluster,
    String group,
    String envoy,
    String address,
    Instant connectedAt,
    List<String> transports,
    int streams) {

  public ConnectedNode {
    transports = List.copyOf(transports);
  }
}
