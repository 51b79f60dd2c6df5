package myxds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import java.util.stream.IntStream;
import myxds.discovery.DiscoveryObserver.Asked;
import myxds.discovery.XdsStream;
import myxds.discovery.engine.Standing;
import myxds.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** What is kept of clients that are gone. */
class GoneTest {
  private static final int MOST_BYTES = 16 << 20;

  private final Told told = new Told();

  /** A node with 400 KiB of metadata that no other has. */
  private static Node large(int number) {
    var text = Value.newBuilder().setStringValue(number + "x".repeat(400 << 10));
    return Told.node("n" + number).toBuilder()
        .setMetadata(Struct.newBuilder().putFields("a", text.build()))
        .build();
  }

  private static String name(int number) {
    return number + "x".repeat(300 << 10);
  }

  @Test
  void keepsNoMetadata() {
    told.publish("one");
    IntStream.range(0, 500).forEach(i -> told.closes(told.connect(large(i))));

    var nodes = told.fleet.census().page(new Census.Query("edge", null, "", 1000, null)).nodes();
    assertThat(nodes).hasSize(500);
    assertThat(nodes)
        .allSatisfy(node -> {
          assertThat(node.node().getSerializedSize()).isLessThan(200);
          assertThat(node.group()).isEqualTo("edge");
          assertThat(node.state()).isEqualTo(NodeState.GONE);
        });
    assertThat(told.fleet.bytesOfGone()).isLessThan(500 * 1000);
  }

  @Test
  void keepsNoMetadataOfClientsThatPoll() {
    var state = told.publish("one");
    IntStream.range(0, 500).forEach(i -> told.polls(large(i), "", state));

    assertThat(told.fleet.bytesOfGone()).isLessThan(500 * 1000);
    assertThat(told.standing("n7").node().hasMetadata()).isFalse();
    assertThat(told.standing("n7").group()).isEqualTo("edge");
  }

  @Test
  void shortensTheNamesThatAClientAskedForAndSaysSo() {
    var names = IntStream.range(0, 1000).mapToObj(i -> i + "x".repeat(100)).toList();
    var stream = told.connect(Told.node("a"));
    asks(stream, names);
    assertThat(told.standing("a").shortened()).isFalse();

    told.closes(stream);

    assertThat(told.standing("a").shortened()).isTrue();
    assertThat(told.type("a", ResourceType.CLUSTER).names()).isEqualTo(names.subList(0, 100));
  }

  @Test
  void shortensANodeThatSaysTooMuchAndSaysSo() {
    var node = Told.node("a").toBuilder().addClientFeatures("f".repeat(1 << 20)).build();

    told.closes(told.connect(node));

    assertThat(told.standing("a").shortened()).isTrue();
    assertThat(told.standing("a").node().getCluster()).isEqualTo("edge");
    assertThat(told.fleet.bytesOfGone()).isLessThan(10_000);
  }

  @Test
  void forgetsTheOldestWhenTheyTakeTooManyBytes() {
    for (int i = 0; i < 200; i++) {
      told.closes(told.connect(Told.node(name(i))));
      assertThat(told.fleet.bytesOfGone()).isLessThanOrEqualTo(MOST_BYTES);
    }
    assertThat(told.fleet.census().node(name(0))).isEmpty();
    assertThat(told.fleet.census().node(name(199))).isPresent();
  }

  @Test
  void countsAClientThatPollsOnce() {
    var state = told.publish("one");
    var first = told.connect(Told.node("first"));
    told.closes(first);
    IntStream.range(0, 20_000).forEach(i -> told.polls(Told.node("polls"), "", state));

    assertThat(told.fleet.census().node("first")).isPresent();
  }

  private void asks(XdsStream stream, List<String> names) {
    told.fleet.requested(stream, new Asked(ResourceType.CLUSTER, "", "", names));
    told.fleet.moved(stream, new Standing(ResourceType.CLUSTER, names, "", "", false, ""));
  }
}
