package myxds.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's own settings.
 *
 * @param config the configuration directory; it need not exist
 * @param schema the .proto files that resources are written by; null for those of the api
 * @param groups the rules in their order; the first that matches a node decides
 * @param defaultGroup the group of nodes that belong to no other; null for none
 */
public record Settings(
    Path config,
    @Nullable Path schema,
    Grpc grpc,
    Delivery delivery,
    Rest rest,
    Admin admin,
    State state,
    Checks checks,
    Fleet fleet,
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
   * @param maxConnections null for a share of the file descriptors
   * @param maxStreams of one connection
   */
  public record Grpc(
      String address,
      int port,
      Duration keepaliveMin,
      int maxRequestBytes,
      @Nullable Duration maxConnectionAge,
      @Nullable Integer maxConnections,
      int maxStreams) {}

  /**
   * What is sent to clients over gRPC, and when.
   *
   * @param resourceErrors tell a client of a missing resource by an error of its own
   * @param emptyEndpointsForMissing answer a missing assignment with an empty one
   * @param gateTimeout how long a change waits for the ACK of what it depends on
   * @param outboundBytes how many bytes may wait for clients that do not read, over all streams
   * @param csdsAllNodes whether CSDS shows a client the status of all others
   */
  public record Delivery(
      boolean resourceErrors,
      boolean emptyEndpointsForMissing,
      Duration gateTimeout,
      long outboundBytes,
      boolean csdsAllNodes) {}

  /**
   * xDS over REST.
   *
   * @param port 0 for any free one
   * @param maxConnections null for a share of the file descriptors
   */
  public record Rest(String address, int port, @Nullable Integer maxConnections) {}

  /**
   * Where people ask.
   *
   * @param port 0 for any free one
   * @param maxConnections null for a share of the file descriptors
   * @param hosts the hosts that it answers for, besides localhost and its address
   */
  public record Admin(
      String address, int port, @Nullable Integer maxConnections, Set<String> hosts) {

    public Admin {
      hosts = Set.copyOf(hosts);
    }
  }

  /**
   * Where published states are kept.
   *
   * @param folder it need not exist
   * @param secrets whether secrets are kept with them
   */
  public record State(Path folder, boolean secrets) {}

  /**
   * What a state has to pass before it is published.
   *
   * @param envoy asked, too; null for none
   * @param references whether it is an error if nobody has what a resource asks for
   * @param bootstrap what every node starts with, as a file; null when it is not known
   * @param staticClusters the clusters that every node has of its own
   */
  public record Checks(
      Guard guard,
      @Nullable Path envoy,
      boolean references,
      @Nullable Path bootstrap,
      Set<String> staticClusters) {

    public Checks {
      staticClusters = Set.copyOf(staticClusters);
    }
  }

  /**
   * When the removal of resources waits for an approval.
   *
   * @param on whether it ever does
   * @param maxRemoved of the resources of one type, as a share from 0 to 1
   * @param min fewer removed resources never do
   */
  public record Guard(boolean on, double maxRemoved, int min) {}

  /**
   * What follows from how nodes behave.
   *
   * @param keepsGone how long a node that is gone stays listed
   */
  public record Fleet(OnNack onNack, Duration keepsGone) {}

  /** What is done when a node refuses a state. */
  public sealed interface OnNack {
    /** The node keeps what it has. */
    record Keep() implements OnNack {}

    /** Nothing. */
    record Ignore() implements OnNack {}

    /**
     * The same as {@link Keep}, until too many refuse it.
     *
     * @param share of the group's nodes, from 0 to 1
     */
    record Rollback(double share) implements OnNack {}
  }

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
   * @param onNack null for what holds for all groups
   * @param place where the rule begins
   */
  public record Group(
      String name, Map<String, String> patterns, @Nullable OnNack onNack, Place place) {

    public Group {
      patterns = Map.copyOf(patterns);
    }
  }
}
