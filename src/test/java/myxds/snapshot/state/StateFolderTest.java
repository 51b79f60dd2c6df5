package myxds.snapshot.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static myxds.snapshot.state.Keeping.NOW;
import static myxds.snapshot.state.Keeping.SCHEMA;
import static myxds.snapshot.state.Keeping.SOURCE;
import static myxds.snapshot.state.Keeping.cluster;
import static myxds.snapshot.state.Keeping.mode;
import static myxds.snapshot.state.Keeping.names;
import static myxds.snapshot.state.Keeping.only;
import static myxds.snapshot.state.Keeping.parent;
import static myxds.snapshot.state.Keeping.resources;
import static myxds.snapshot.state.Keeping.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import myxds.resource.Origin;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.HoldCause;
import myxds.snapshot.KeptRefusal;
import myxds.snapshot.LastGood;
import myxds.snapshot.LastGood.Saved;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateFolderTest {
  @TempDir private Path state;
  private Keeping keeping;

  @BeforeEach
  void make() {
    keeping = new Keeping(state);
  }

  @Test
  void givesBackWhatWasSavedLast() throws IOException {
    keeping.save("edge", snapshot(cluster("old")));
    var last =
        snapshot(
            cluster("b") + cluster("a"),
            """
            "@type": type.googleapis.com/envoy.service.discovery.v3.Resource
            name: short-lived
            aliases: [other]
            ttl: 30s
            resource: {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster}
            """);
    keeping.save("edge", last);

    var saved = only(keeping.load());

    assertThat(saved.group()).isEqualTo("edge");
    assertThat(saved.publishedAt()).isEqualTo(NOW);
    assertThat(saved.leftOut()).isEmpty();
    assertThat(saved.resources()).containsExactlyInAnyOrderElementsOf(resources(last));
    assertThat(GroupSnapshot.of(saved.resources()).version()).isEqualTo(last.version());
  }

  @Test
  void savesOnAfterTheNextStart() throws IOException {
    keeping.save("edge", snapshot(cluster("a")));
    try (var folder = keeping.open(true)) {
      folder.load();
      folder.save("edge", snapshot(cluster("b")), NOW);
    }

    assertThat(names(only(keeping.load()))).containsExactly("b");
  }

  @Test
  void keepsOneStateForEachGroup() throws IOException {
    keeping.save("edge", snapshot(cluster("a")));
    keeping.save("west", snapshot(cluster("b")));

    assertThat(keeping.load()).extracting(Saved::group).containsExactlyInAnyOrder("edge", "west");
  }

  @Test
  void keepsTwentyStatesAndOnlyWhatTheyNeed() throws IOException {
    try (var folder = keeping.open(true)) {
      for (int i = 0; i < 30; i++) {
        folder.save("edge", snapshot(cluster("same"), cluster("c" + i)), NOW);
      }
    }

    assertThat(keeping.files(".json")).hasSize(GroupFolder.KEPT);
    assertThat(keeping.files(".resources")).hasSize(GroupFolder.KEPT + 1);
    assertThat(names(only(keeping.load()))).containsExactlyInAnyOrder("same", "c29");
  }

  @Test
  void forgetsAGroup() throws IOException {
    try (var folder = keeping.open(true)) {
      folder.save("edge", snapshot(cluster("a")), NOW);
      folder.forget("edge");
      folder.forget("never-seen");
    }

    assertThat(keeping.load()).isEmpty();
    assertThat(keeping.files("")).isEmpty();
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    keeping.save("edge", snapshot(cluster("a")));

    for (var file : keeping.files("")) {
      assertThat(mode(file)).isEqualTo("rw-------");
      assertThat(mode(parent(file))).isEqualTo("rwx------");
    }
    assertThat(mode(only(keeping.folders()))).isEqualTo("rwx------");
  }

  @Test
  void leavesSecretsOutWhenItIsTold() throws IOException {
    var secret =
        """
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
        name: s
        generic_secret: {secret: {inline_string: hidden-1}}
        ---
        """;
    var inline =
        """
        "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
        name: inline
        transport_socket:
          name: tls
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
            common_tls_context:
              tls_certificates: [{private_key: {inline_string: hidden-2}}]
        ---
        """;
    try (var folder = keeping.open(false)) {
      folder.save("edge", snapshot(secret + inline + cluster("plain")), NOW);
    }

    var saved = only(keeping.load());
    assertThat(names(saved)).containsExactly("plain");
    assertThat(saved.leftOut())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("secrets s", "clusters inline");
    for (var file : keeping.files("")) {
      assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("hidden");
    }
  }

  @Test
  void isForOneAtATime() throws IOException {
    try (var folder = keeping.open(true)) {
      assertThat(folder.load()).isEmpty();
      assertThatThrownBy(() -> keeping.open(true))
          .isInstanceOf(FolderInUse.class)
          .hasMessageContaining(" is in use by this process (two daemons need two: --state DIR)");
    }
    keeping.open(true).close();
  }

  @Test
  void doesNotSeeTheStatesOfAnotherSource() throws IOException {
    keeping.save("edge", snapshot(cluster("a")));

    try (var other = StateFolder.open(state, Path.of("elsewhere/config"), SCHEMA, true)) {
      assertThat(other.load()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a b", "a/../../b", "ü\n", "x.tmp", "%2E"})
  void keepsAGroupOfAnyName(String group) throws IOException {
    keeping.save(group, snapshot(cluster("a")));

    assertThat(only(keeping.load()).group()).isEqualTo(group);
    assertThat(parent(parent(keeping.files(".json").getFirst())).getFileName())
        .hasToString("groups");
  }

  @Test
  void tellsLongNamesApart() throws IOException {
    keeping.save("x".repeat(250) + "1", snapshot(cluster("a")));
    keeping.save("x".repeat(250) + "2", snapshot(cluster("a")));

    assertThat(keeping.load()).hasSize(2);
  }

  @Test
  void isTakenWhenTheFileThatStoodInItsWayIsGone() throws IOException {
    var file = Files.createFile(state.resolve("file"));
    try (var folder = StateFolder.open(file, SOURCE, SCHEMA, true)) {
      assertThatThrownBy(() -> folder.save("edge", snapshot(cluster("a")), NOW))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the state folder " + file);

      Files.delete(file);
      folder.save("edge", snapshot(cluster("a")), NOW);
    }

    assertThat(names(only(new Keeping(file).load()))).containsExactly("a");
  }

  @Test
  void givesBackWhyAStateWasRolledBack() throws IOException {
    var type = ResourceType.LISTENER;
    var place = new Origin("edge/a.yaml", 12, 3);
    var nacks =
        List.of(
            new HoldCause.NodeNack(
                "edge-1", new KeptRefusal.What(type, "v1", "no", NOW, false, "web", place)),
            new HoldCause.NodeNack(
                "edge-2", new KeptRefusal.What(type, "v1", "why", NOW, true, "", null)));
    var withdrawn =
        new LastGood.Withdrawn("v1", new HoldCause.RolledBack("2 of 3 nodes NACKed it", nacks));

    try (var folder = keeping.open(true)) {
      folder.withdraw(Map.of("edge", withdrawn));
    }

    try (var folder = keeping.open(true)) {
      assertThat(folder.withdrawn()).isEqualTo(Map.of("edge", withdrawn));
    }
  }
}
