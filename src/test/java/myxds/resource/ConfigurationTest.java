package myxds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ConfigurationTest {
  private static final String CLUSTER =
      "{\"@type\": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: %s}";

  private final ResourceParser parser = new ResourceParser(Schema.ofApi());

  @Test
  void givesTheCommonResourcesToEveryGroup() {
    var configuration =
        configuration(
            new Document("_common/c.yaml", CLUSTER.formatted("shared")),
            new Document("a/c.yaml", CLUSTER.formatted("a")),
            new Document("b/deep/down/c.yaml", CLUSTER.formatted("b")));

    assertThat(configuration.groups().keySet()).containsExactly("a", "b");
    assertThat(group(configuration, "b").resources())
        .extracting(Resource::name)
        .containsExactly("shared", "b");
  }

  @Test
  void namesBothPlacesOfAResourceThatIsDefinedTwice() {
    var configuration =
        configuration(
            new Document("_common/c.yaml", CLUSTER.formatted("x")),
            new Document("a/c.yaml", CLUSTER.formatted("x")));

    assertThat(configuration.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "_common/c.yaml:1:1: error: clusters x is defined twice (also at a/c.yaml:1:1)",
            "a/c.yaml:1:1: error: clusters x is defined twice (also at _common/c.yaml:1:1)");
  }

  @Test
  void takesTwoSpellingsOfAnXdsNameForOne() {
    var configuration =
        configuration(
            new Document("a/c.yaml", CLUSTER.formatted("'xdstp://x/t/c%3A80?b=2&a=1'")),
            new Document("a/d.yaml", CLUSTER.formatted("'xdstp://x/t/c:80?a=1&b=2'")));

    assertThat(configuration.problems())
        .extracting(Problem::message)
        .containsExactly(
            "clusters xdstp://x/t/c:80?a=1&b=2 is defined twice (also at a/d.yaml:1:1)",
            "clusters xdstp://x/t/c:80?a=1&b=2 is defined twice (also at a/c.yaml:1:1)");
  }

  @Test
  void stopsOnlyTheGroupThatABadFileReaches() {
    var configuration =
        configuration(
            new Document("a/c.yaml", "{"), new Document("b/c.yaml", CLUSTER.formatted("b")));

    assertThat(group(configuration, "a").problems()).isNotEmpty();
    assertThat(group(configuration, "b").problems()).isEmpty();
  }

  @Test
  void stopsEveryGroupByABadCommonFileAndTellsItOnce() {
    var configuration =
        configuration(
            new Document("_common/c.yaml", "{"),
            new Document("a/c.yaml", CLUSTER.formatted("a")),
            new Document("b/c.yaml", CLUSTER.formatted("b")));

    assertThat(group(configuration, "a").problems()).hasSize(1);
    assertThat(group(configuration, "b").problems()).hasSize(1);
    assertThat(configuration.problems()).hasSize(1);
  }

  private static Parsed group(Configuration configuration, String name) {
    return Objects.requireNonNull(configuration.groups().get(name));
  }

  private Configuration configuration(Document... documents) {
    return Configuration.of(new Documents(List.of(documents), List.of()), parser);
  }
}
