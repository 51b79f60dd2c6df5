package myxds.snapshot.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static myxds.snapshot.state.Keeping.cluster;
import static myxds.snapshot.state.Keeping.names;
import static myxds.snapshot.state.Keeping.only;
import static myxds.snapshot.state.Keeping.parent;
import static myxds.snapshot.state.Keeping.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import myxds.resource.Resource;
import myxds.snapshot.GroupSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is not what was written is ever served. */
final class DamagedStateTest {
  @TempDir private Path state;
  private Keeping keeping;

  @BeforeEach
  void make() {
    keeping = new Keeping(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {".json", ".resources"})
  void putsADamagedFileAsideAndTakesTheStateBefore(String kind) throws IOException {
    keeping.save("edge", snapshot(cluster("good")));
    var before = keeping.files(kind);
    keeping.save("edge", snapshot(cluster("newer")));
    var damaged = keeping.files(kind).stream().filter(file -> !before.contains(file)).findFirst();
    Files.write(damaged.orElseThrow(), new byte[] {'x'});

    assertThat(names(only(keeping.load()))).containsExactly("good");

    assertThat(keeping.files("/corrupt/" + damaged.orElseThrow().getFileName())).hasSize(1);
    assertThat(damaged.orElseThrow()).doesNotExist();
    keeping.save("edge", snapshot(cluster("newer")));
    assertThat(names(only(keeping.load()))).containsExactly("newer");
  }

  @Test
  void takesTheStateBeforeOneOfWhichAFileIsMissing() throws IOException {
    keeping.save("edge", snapshot(cluster("good")));
    var before = keeping.files(".resources");
    keeping.save("edge", snapshot(cluster("newer")));
    for (var file : keeping.files(".resources")) {
      if (!before.contains(file)) {
        Files.delete(file);
      }
    }

    assertThat(names(only(keeping.load()))).containsExactly("good");
  }

  @Test
  void hasNothingOfAGroupOfWhichEveryStateIsDamaged() throws IOException {
    keeping.save("edge", snapshot(cluster("a")));
    for (var file : keeping.files(".resources")) {
      Files.write(file, new byte[0]);
    }

    assertThat(keeping.load()).isEmpty();

    keeping.save("edge", snapshot(cluster("b")));
    assertThat(names(only(keeping.load()))).containsExactly("b");
  }

  @Test
  void putsAsideWhatTheSchemaCannotRead() throws IOException {
    keeping.save("edge", snapshot(cluster("a")));
    var content = keeping.files(".resources").getFirst();
    var manifest = keeping.files(".json").getFirst();
    var bytes = new String(Files.readAllBytes(content), UTF_8).replace("Cluster", "Klaster");
    var sha = Sha.of(bytes.getBytes(UTF_8));
    Files.writeString(content.resolveSibling(sha + ".resources"), bytes);
    var json =
        Files.readString(manifest)
            .replace(content.getFileName().toString().replace(".resources", ""), sha);
    Files.writeString(
        manifest.resolveSibling("0000000002-" + Sha.of(json.getBytes(UTF_8)) + ".json"), json);

    assertThat(names(only(keeping.load()))).containsExactly("a");
    assertThat(keeping.files("/corrupt/" + sha + ".resources")).hasSize(1);
  }

  @Test
  void keepsTheWholeStateWhereSomebodyEmptiedTheFolder() throws IOException {
    var first = snapshot(cluster("same"), cluster("a"));
    try (var folder = keeping.open(true)) {
      folder.save("edge", first, Keeping.NOW);
      for (var file : keeping.files("")) {
        Files.delete(file);
      }
      folder.save("edge", changed(first, cluster("b")), Keeping.NOW);
    }

    assertThat(names(only(keeping.load()))).containsExactlyInAnyOrder("same", "b");
  }

  /** With another second file; what the first one gave are the same objects. */
  private static GroupSnapshot changed(GroupSnapshot first, String second) {
    var resources = new ArrayList<Resource>();
    for (var one : Keeping.resources(first)) {
      if (one.origin().file().equals("edge/0.yaml")) {
        resources.add(one);
      }
    }
    for (var one : Keeping.resources(snapshot("", second))) {
      resources.add(one);
    }
    return GroupSnapshot.of(resources);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1]",
        "{}",
        "{\"format\":q}",
        "{\"format\":1,\"refusals\":7}",
        "\0\0",
        "{\"a\":1}"
      })
  void putsAsideWhatIsNoListOfRefusals(String text) throws IOException {
    keeping.save("edge", snapshot(cluster("a")));
    var own = keeping.folders().getFirst();
    Files.writeString(own.resolve("refusals.json"), text);
    Files.writeString(own.resolve("withdrawn.json"), "{\"edge\": " + text + "}");

    try (var folder = keeping.open(true)) {
      assertThat(folder.refusals()).isEmpty();
      assertThat(folder.withdrawn()).isEmpty();
    }

    assertThat(own.resolve("refusals.json.corrupt")).hasContent(text);
    assertThat(own.resolve("refusals.json")).doesNotExist();
    assertThat(own.resolve("withdrawn.json.corrupt")).exists();
    assertThat(own.resolve("withdrawn.json")).doesNotExist();
  }

  @Test
  void removesWhatACrashLeft() throws IOException {
    keeping.save("edge", snapshot(cluster("a")));
    var folder = parent(keeping.files(".json").getFirst());
    Files.write(folder.resolve("0000000009-half.json.tmp"), new byte[] {1});
    Files.write(folder.resolve("0".repeat(64) + ".resources"), new byte[] {1});
    Files.createDirectory(folder.resolveSibling("west.tmp"));

    keeping.load();

    assertThat(keeping.files("")).hasSize(2);
  }
}
