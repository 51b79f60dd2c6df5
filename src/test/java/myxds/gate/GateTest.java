package myxds.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import myxds.resource.Document;
import myxds.resource.Documents;
import myxds.resource.Problem;
import myxds.resource.Resource;
import myxds.resource.Schema;
import org.junit.jupiter.api.Test;

final class GateTest {
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s}";

  private final Gate gate = new Gate(Schema.ofApi(), Bootstrap.UNKNOWN);

  @Test
  void givesTheCommonResourcesToEveryGroup() {
    var judgement =
        judge(
            new Document("_common/c.yaml", CLUSTER.formatted("shared")),
            new Document("a/c.yaml", CLUSTER.formatted("a")),
            new Document("b/deep/down/c.yaml", CLUSTER.formatted("b")));

    assertThat(judgement.groups().keySet()).containsExactly("a", "b");
    assertThat(group(judgement, "b").resources())
        .extracting(Resource::name)
        .containsExactly("shared", "b");
  }

  @Test
  void namesBothPlacesOfAResourceThatIsDefinedTwice() {
    var judgement =
        judge(
            new Document("_common/c.yaml", CLUSTER.formatted("x")),
            new Document("a/c.yaml", CLUSTER.formatted("x")));

    assertThat(judgement.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "_common/c.yaml:1:1: error: clusters x is defined twice (also at a/c.yaml:1:1)",
            "a/c.yaml:1:1: error: clusters x is defined twice (also at _common/c.yaml:1:1)");
  }

  @Test
  void takesTwoSpellingsOfAnXdsNameForOne() {
    var judgement =
        judge(
            new Document("a/c.yaml", CLUSTER.formatted("'xdstp://x/t/c%3A80?b=2&a=1'")),
            new Document("a/d.yaml", CLUSTER.formatted("'xdstp://x/t/c:80?a=1&b=2'")));

    assertThat(judgement.problems())
        .extracting(Problem::message)
        .containsExactly(
            "clusters xdstp://x/t/c:80?a=1&b=2 is defined twice (also at a/d.yaml:1:1)",
            "clusters xdstp://x/t/c:80?a=1&b=2 is defined twice (also at a/c.yaml:1:1)");
  }

  @Test
  void stopsOnlyTheGroupThatABadFileReaches() {
    var judgement =
        judge(new Document("a/c.yaml", "{"), new Document("b/c.yaml", CLUSTER.formatted("b")));

    assertThat(group(judgement, "a").problems()).isNotEmpty();
    assertThat(group(judgement, "b").problems()).isEmpty();
  }

  @Test
  void stopsEveryGroupByABadCommonFileAndTellsItOnce() {
    var judgement =
        judge(
            new Document("_common/c.yaml", "{"),
            new Document("a/c.yaml", CLUSTER.formatted("a")),
            new Document("b/c.yaml", CLUSTER.formatted("b")));

    assertThat(group(judgement, "a").problems()).hasSize(1);
    assertThat(group(judgement, "b").problems()).hasSize(1);
    assertThat(judgement.problems()).hasSize(1);
  }

  private static Candidate group(Judgement judgement, String name) {
    return Objects.requireNonNull(judgement.groups().get(name));
  }

  private Judgement judge(Document... documents) {
    return gate.judge(new Documents(List.of(documents), List.of()));
  }
}
