package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** A person who asks with {@code curl} what a node would be told is not that node. */
final class OnlookerTest {
  private final Told told = new Told();

  @Test
  void leavesTheNodeAsItIs() {
    var state = told.publish("one");
    var node = Told.node("a");
    told.polls(node, "", state);
    told.polls(node, state.version(ResourceType.CLUSTER), state);
    var person = node.toBuilder().clearUserAgentName().build();

    told.polls(person, "", state);
    told.polls(person, "", state);

    assertThat(told.state("a")).isEqualTo(NodeState.IN_SYNC);
  }

  @Test
  void makesNoNode() {
    told.polls(Node.newBuilder().setId("b").build(), "", told.publish("one"));

    assertThat(told.fleet.census().node("b")).isEmpty();
  }
}
