package myxds.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import myxds.resource.Origin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupsTest {
  private static final Origin AT = new Origin("my-xds.yaml", 1, 1);
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
        groups(
            List.of(
                rule("a", Map.of("id", "edge-*", "locality.region", "us")),
                rule("b", Map.of("id", "edge-*", "metadata.tier", "prod")),
                rule("c", Map.of("id", "*"))),
            null,
            name -> true);

    assertThat(groups.hash(EDGE)).isEqualTo("b");
    assertThat(groups.hash(Node.newBuilder().setId("other").build())).isEqualTo("c");
  }

  @Test
  void takesOnlyTheStarOfAPatternForAPattern() {
    assertThat(rule("a", Map.of("id", "edge.7")).matches(EDGE)).isFalse();
    assertThat(rule("a", Map.of("id", "*7")).matches(EDGE)).isTrue();
    assertThat(rule("a", Map.of("metadata.shard", "2")).matches(EDGE)).isTrue();
    assertThat(rule("a", Map.of("metadata.none", "x*")).matches(EDGE)).isFalse();
  }

  @Test
  void takesTheGroupNamedLikeTheNodeBeforeTheDefault() {
    var groups = groups(List.of(), "rest", Set.of("edge-7", "rest")::contains);

    assertThat(groups.hash(EDGE)).isEqualTo("edge-7");
    assertThat(groups.hash(Node.newBuilder().setId("other").build())).isEqualTo("rest");
  }

  @Test
  void filesANodeOfNoGroupUnderItsOwnId() {
    assertThat(groups(List.of(), null, name -> false).hash(EDGE)).isEqualTo("edge-7");
  }

  /** The first of each pair matches all that the second matches, or not. */
  @ParameterizedTest
  @CsvSource({
    "*, a, true",
    "*, '', true",
    "a, a, true",
    "a*, ab*, true",
    "a*, a, true",
    "*a*, xa*, true",
    "a*c, a*b*c, true",
    "ab*, a*, false",
    "a, a*, false",
    "a*b, a*, false",
    "*, *a*, true",
    "**, *, true",
    "a*a, a, false",
  })
  void seesThatAnEarlierRuleMatchesTheSameNodesFirst(String first, String second, boolean covers) {
    var rules =
        new GroupRules(
            List.of(rule("a", Map.of("cluster", first)), rule("a", Map.of("cluster", second))),
            null,
            AT);

    assertThat(rules.findings("a"::equals).size()).isEqualTo(covers ? 1 : 0);
  }

  @Test
  void doesNotTakeANarrowerRuleForOneThatMatchesTheSameNodes() {
    var narrow = rule("a", Map.of("id", "*", "metadata.tier", "prod"));
    var wide = rule("a", Map.of("id", "edge-*"));

    assertThat(new GroupRules(List.of(narrow, wide), null, AT).findings("a"::equals)).isEmpty();
    assertThat(
            new GroupRules(List.of(rule("a", Map.of("id", "*")), narrow), null, AT)
                .findings("a"::equals))
        .hasSize(1);
  }

  private static GroupRule rule(String group, Map<String, String> patterns) {
    return new GroupRule(group, patterns, AT);
  }

  private static Groups groups(
      List<GroupRule> rules, @Nullable String defaultGroup, Predicate<String> exists) {
    return new Groups(() -> new GroupRules(rules, defaultGroup, AT), exists);
  }
}
