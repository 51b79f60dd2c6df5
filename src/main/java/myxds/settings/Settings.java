package myxds.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's own knobs, as they hold until it ends.
 *
 * @param config the configuration directory; it need not exist
 * @param groups the rules in their order; the first that matches a node decides
 * @param defaultGroup the group of nodes that belong to no other; null for none
 */
public record Settings(
    Path config,
    Grpc grpc,
    Delivery delivery,
    Rest rest,
    Admin admin,
    LogFormat logFormat,
    List<Group> groups,
    @Nullable String defaultGroup) {

  public Settings {
    groups = List.copyOf(groups);
  }

  /**
   * xDS over gRPC.
   *
   * @param port 0 for any free one
   * @param keepaliveMin how often a client may ping at most
   * @param maxRequestBytes the largest request that is read
   * @param maxConnectionAge after which a client is asked to connect anew; null for never
   */
  public record Grpc(
      String address,
      int port,
      Duration keepaliveMin,
      int maxRequestBytes,
      @Nullable Duration maxConnectionAge) {}

  /**
   * What is sent to clients over gRPC, and when.
   *
   * @param resourceErrors tell a client of a missing resource by an error of its own
   * @param emptyEndpointsForMissing answer a missing assignment with an empty one
   * @param gateTimeout how long a change waits for the ACK of what it depends on
   * @param outboundBytes how many bytes may wait for clients that do not read, over all streams
   */
  public record Delivery(
      boolean resourceErrors,
      boolean emptyEndpointsForMissing,
      Duration gateTimeout,
      long outboundBytes) {}

  /**
   * xDS over REST.
   *
   * @param port 0 for any free one
   */
  public record Rest(String address, int port) {}

  /**
   * Where people ask.
   *
   * @param port 0 for any free one
   */
  public record Admin(String address, int port) {}

  /** How a log line is written. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  /**
   * Which nodes belong to a group: those for which every pattern holds.
   *
   * @param patterns globs by what of the node they are held against: {@code id}, {@code cluster},
   *     {@code locality.region}, {@code locality.zone}, {@code locality.sub_zone}, {@code
   *     metadata.KEY}
   */
  public record Group(String name, Map<String, String> patterns) {

    public Group {
      patterns = Map.copyOf(patterns);
    }
  }
}
