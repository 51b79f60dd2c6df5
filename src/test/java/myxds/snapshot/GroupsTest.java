package myxds.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GroupsTest {
  private static final Node EDGE =
      Node.newBuilder()
          .setId("edge-7")
          .setCluster("edge")
          .setLocality(Locality.newBuilder().setRegion("eu"))
          .setMetadata(
              Struct.newBuilder()
                  .putFields("tier", Value.newBuilder().setStringValue("prod").build())
                  .putFields("shard", Value.newBuilder().setNumberValue(2).build()))
          .build();

  @Test
  void takesTheFirstRuleOfWhichAllHolds() {
    var groups =
        new Groups(
            List.of(
                new GroupRule("a", Map.of("id", "edge-*", "locality.region", "us")),
                new GroupRule("b", Map.of("id", "edge-*", "metadata.tier", "prod")),
                new GroupRule("c", Map.of("id", "*"))),
            null,
            name -> true);

    assertThat(groups.hash(EDGE)).isEqualTo("b");
    assertThat(groups.hash(Node.newBuilder().setId("other").build())).isEqualTo("c");
  }

  @Test
  void takesOnlyTheStarOfAPatternForAPattern() {
    assertThat(new GroupRule("a", Map.of("id", "edge.7")).matches(EDGE)).isFalse();
    assertThat(new GroupRule("a", Map.of("id", "*7")).matches(EDGE)).isTrue();
    assertThat(new GroupRule("a", Map.of("metadata.shard", "2")).matches(EDGE)).isTrue();
    assertThat(new GroupRule("a", Map.of("metadata.none", "x*")).matches(EDGE)).isFalse();
  }

  @Test
  void takesTheGroupNamedLikeTheNodeBeforeTheDefault() {
    var groups = new Groups(List.of(), "rest", Set.of("edge-7", "rest")::contains);

    assertThat(groups.hash(EDGE)).isEqualTo("edge-7");
    assertThat(groups.hash(Node.newBuilder().setId("other").build())).isEqualTo("rest");
  }

  @Test
  void filesANodeOfNoGroupUnderItsOwnId() {
    assertThat(new Groups(List.of(), null, name -> false).hash(EDGE)).isEqualTo("edge-7");
  }
}
