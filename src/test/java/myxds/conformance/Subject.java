package myxds.conformance;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.Collection;
import java.util.List;
import myxds.resource.Resource;
import myxds.resource.ResourceType;

/**
 * An xDS server under test. A node's group is what its metadata calls {@code group}, else its id,
 * so that each row has groups of its own.
 */
interface Subject extends AutoCloseable {

  static String group(Node node) {
    var group = node.getMetadata().getFieldsMap().get("group");
    return group == null ? node.getId() : group.getStringValue();
  }

  String name();

  String host();

  int port();

  /**
   * Serves exactly these to the group from now on, with versions of the server's own.
   *
   * @throws NotApplicable if this server's state is not ours to change
   */
  void set(String group, Collection<? extends Message> resources);

  /**
   * Serves exactly these to the group from now on, as they are to be delivered.
   *
   * @throws NotApplicable if the server knows only messages
   */
  default void deliver(String group, Collection<Resource> resources) {
    throw new NotApplicable(name() + " serves messages, without a time to live or names of theirs");
  }

  /** Whether {@link #set} takes any state. */
  default boolean changes() {
    return true;
  }

  /** A second instance in a JVM of its own. */
  default Replica replica() throws Exception {
    throw new NotApplicable("no second instance of " + name() + " can be started");
  }

  /** How many streams or watches of the group the server still keeps anything of. */
  default int held(String group) {
    throw new NotApplicable("cannot look into " + name());
  }

  /** What the operator is told of refusals by the group's nodes, oldest first. */
  default List<Nack> nacks(String group) {
    throw new NotApplicable("cannot look into " + name());
  }

  /** The group, which is served the standard state, is configured no more, as by an accident. */
  default void forget(String group) throws Exception {
    throw new NotApplicable("the state of " + name() + " is not ours to change");
  }

  /** Another instance, set to answer a missing assignment with an empty one. */
  default Subject inventingAssignments() throws Exception {
    throw new NotApplicable("no second instance of " + name() + " can be started");
  }

  /** Another instance, set to tell missing resources as errors. */
  default Subject tellingErrors() throws Exception {
    throw new NotApplicable("no second instance of " + name() + " can be started");
  }

  @Override
  void close();

  /** A NACK as an operator sees it. */
  record Nack(String node, ResourceType type, String version, String reason) {}

  /** What a row needs is not to be had from this server, so it says nothing about it. */
  final class NotApplicable extends RuntimeException {
    NotApplicable(String why) {
      super(why);
    }
  }
}
