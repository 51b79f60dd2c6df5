package myxds.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupRulesTest {
  @TempDir Path config;

  @Test
  void readsGroupsInTheirOrder() throws IOException {
    file(
        """
        groups:
        - name: edge
          match: {id: "edge-*", cluster: edge, locality: {region: eu}, metadata: {tier: prod}}
        - name: rest
          match:
            locality.zone: a
            metadata: {canary: true, a.b: 2}
          on_nack: {rollback: {share: 30%}}
        default_group: rest
        """);

    var settings = ((Reading.Accepted) read()).settings();

    var edge =
        Map.of("id", "edge-*", "cluster", "edge", "locality.region", "eu", "metadata.tier", "prod");
    var rest = Map.of("locality.zone", "a", "metadata.canary", "true", "metadata.a.b", "2");
    assertThat(settings.groups())
        .containsExactly(
            new Settings.Group("edge", edge, null, place(2, 3)),
            new Settings.Group("rest", rest, new Settings.OnNack.Rollback(0.3), place(4, 3)));
    assertThat(settings.defaultGroup()).isEqualTo("rest");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groups: edge                                  | 1:9  | groups is not a list",
        "groups: [edge]                                | 1:10 | groups[0] is not a mapping",
        "groups: [{match: {id: a}}]                    | 1:10 | groups[0] has no name",
        "groups: [{name: edge}]                        | 1:10 | groups[0] matches nothing",
        "groups: [{name: edge, match: {}}]             | 1:30 | groups[0] matches nothing",
        "groups: [{name: _common, match: {id: a}}]     | 1:17 | groups[0].name is no name",
        "groups: [{name: a/b, match: {id: a}}]         | 1:17 | groups[0].name is no name",
        "groups: [{name: a, match: {id: [b]}}]         | 1:32 | groups[0].match.id is no pattern",
        "groups: [{name: a, match: {id: null}}]        | 1:32 | groups[0].match.id is no pattern",
        "groups: [{name: a, match: {metadata: x}}]     | 1:38 | groups[0].match.metadata is not",
        "groups: [{name: a, match: {id: b}, nane: c}]  | 1:36 | unknown key groups[0].nane; did",
        "groups: [{name: a, match: {clutser: b}}]      | 1:28 | unknown key groups[0].match.clu",
        "default_group: [a]                            | 1:16 | default_group is not a single"
            + " value",
        "default_group: a/b                            | 1:16 | default_group is \"a/b\"",
      })
  void refusesAGroupRuleThatIsNone(String text, String place, String message) throws IOException {
    file(text);

    assertThat(((Reading.Refused) read()).messages())
        .singleElement()
        .asString()
        .startsWith(config.resolve("my-xds.yaml") + ":" + place + ": " + message)
        .contains("(expected: ");
  }

  private Place place(int line, int column) {
    return new Place(config.resolve("my-xds.yaml").toString(), line, column);
  }

  private void file(String text) throws IOException {
    Files.writeString(config.resolve("my-xds.yaml"), text);
  }

  private Reading read() {
    return SettingsReader.read(Map.of("config", config.toString()), Map.of());
  }
}
