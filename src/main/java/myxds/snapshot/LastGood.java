package myxds.snapshot;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import myxds.resource.Resource;
import myxds.resource.ResourceId;

/**
 * The store of the states that were published last, for a start without a valid source. One thread
 * calls its methods, except where a method says otherwise.
 */
public interface LastGood extends AutoCloseable {
  /**
   * A state as it was published.
   *
   * @param leftOut what was served too but not to be kept, as secrets may be
   */
  record Saved(
      String group, Instant publishedAt, List<Resource> resources, List<ResourceId> leftOut) {

    public Saved {
      resources = List.copyOf(resources);
      leftOut = List.copyOf(leftOut);
    }
  }

  /** The newest state of each group that can be read; whatever cannot is logged. */
  List<Saved> load();

  /**
   * Keeps a state; when it returns, a crash cannot lose it.
   *
   * @throws IOException if it cannot be kept; the state before it still is
   */
  void save(String group, GroupSnapshot snapshot, Instant at) throws IOException;

  /**
   * A group was withdrawn on purpose.
   *
   * @throws IOException if it cannot be forgotten: it will come back at the next start
   */
  void forget(String group) throws IOException;

  /**
   * A state that was published once, by its version.
   *
   * @return empty if it is not kept, or not all of it
   */
  default Optional<GroupSnapshot> state(String group, String version) {
    return Optional.empty();
  }

  /** The states that were taken back from nodes that refused them, by group. */
  default Map<String, Withdrawn> withdrawn() {
    return Map.of();
  }

  /**
   * Keeps which states were taken back.
   *
   * @throws IOException if it cannot be kept
   */
  default void withdraw(Map<String, Withdrawn> states) throws IOException {}

  /** A state that was rolled back, and why. */
  record Withdrawn(String version, HoldCause.RolledBack cause) {}

  /**
   * Keeps the daemon's settings, which were read without a fault. Like {@link #keep}, called on any
   * thread.
   *
   * @throws IOException if they cannot be kept
   */
  default void keepSettings(String text) throws IOException {}

  /**
   * Looks whether what was kept is still there, and takes the place again where it was lost.
   *
   * @param groups that are served
   * @return those of them whose newest state is not there
   * @throws IOException if nothing can be kept now
   */
  default Set<String> missing(Set<String> groups) throws IOException {
    return Set.of();
  }

  /** What nodes refused, as it was kept last. */
  default List<KeptRefusal> refusals() {
    return List.of();
  }

  /**
   * Keeps what nodes refuse now. Unlike the rest, called on a thread of its own.
   *
   * @throws IOException if it cannot be kept
   */
  default void keep(List<KeptRefusal> refusals) throws IOException {}

  /** Returns the connected nodes as they were kept last. */
  default List<KeptNode> nodes() {
    return List.of();
  }

  /**
   * Keeps the nodes that are connected. Unlike the rest, called on a thread of its own.
   *
   * @throws IOException if they cannot be kept
   */
  default void keepNodes(List<KeptNode> nodes) throws IOException {}

  @Override
  default void close() throws IOException {}
}
