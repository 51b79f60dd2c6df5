package myxds.snapshot.state;

import static myxds.snapshot.state.Keeping.NOW;
import static myxds.snapshot.state.Keeping.SOURCE;
import static myxds.snapshot.state.Keeping.cluster;
import static myxds.snapshot.state.Keeping.names;
import static myxds.snapshot.state.Keeping.only;
import static myxds.snapshot.state.Keeping.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import myxds.snapshot.KeptNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state folder that is deleted, moved or taken while it is used. */
final class LostStateFolderTest {
  @TempDir private Path state;
  private Keeping keeping;

  @BeforeEach
  void make() {
    keeping = new Keeping(state);
  }

  @Test
  void isTakenAgainWhenItWasDeleted() throws IOException {
    try (var folder = keeping.open(true)) {
      folder.save("edge", snapshot(cluster("a")), NOW);
      folder.keepSettings("on_nack: keep");
      assertThat(folder.missing(Set.of("edge"))).isEmpty();

      delete(state);

      assertThat(folder.missing(Set.of("edge"))).containsExactly("edge");
      assertThat(StateFolder.settings(state, SOURCE)).contains("on_nack: keep");
      assertThatThrownBy(() -> keeping.open(true)).isInstanceOf(FolderInUse.class);
    }
  }

  @Test
  void isNotSharedAfterAnotherProcessTookItsPlace() throws IOException {
    try (var folder = keeping.open(true)) {
      folder.save("edge", snapshot(cluster("a")), NOW);
      delete(state);
      try (var other = keeping.open(true)) {
        other.save("edge", snapshot(cluster("b")), NOW);

        assertThatThrownBy(() -> folder.save("edge", snapshot(cluster("c")), NOW))
            .isInstanceOf(FolderInUse.class);
        assertThatThrownBy(() -> folder.missing(Set.of("edge"))).isInstanceOf(FolderInUse.class);
      }
    }

    assertThat(names(only(keeping.load()))).containsExactly("b");
  }

  @Test
  void noticesThatAStateIsGone() throws IOException {
    try (var folder = keeping.open(true)) {
      folder.save("edge", snapshot(cluster("a")), NOW);

      Files.delete(only(keeping.files(".json")));

      assertThat(folder.missing(Set.of("edge"))).containsExactly("edge");
    }
  }

  @Test
  void writesAgainWhatItOnlyReadWhenItWasDeleted() throws IOException {
    var kept = List.of(new KeptNode("edge", "edge-1", 2));
    try (var folder = keeping.open(true)) {
      folder.keepNodes(kept);
    }
    try (var folder = keeping.open(true)) {
      assertThat(folder.nodes()).isEqualTo(kept);
      delete(state);

      folder.missing(Set.of());
    }

    try (var folder = keeping.open(true)) {
      assertThat(folder.nodes()).isEqualTo(kept);
    }
  }

  @Test
  void writesLaterWhatItCouldNotWriteWithoutTheFolder() throws IOException {
    var kept = List.of(new KeptNode("edge", "edge-1", 2));
    var file = Files.createFile(state.resolve("file"));
    var blocked = new Keeping(file);
    try (var folder = blocked.open(true)) {
      assertThatThrownBy(() -> folder.keepNodes(kept)).isInstanceOf(IOException.class);
      Files.delete(file);

      folder.missing(Set.of());

      assertThat(folder.nodes()).isEqualTo(kept);
    }
  }

  private static void delete(Path folder) throws IOException {
    for (var file : allIn(folder)) {
      Files.delete(file);
    }
  }

  /** The deepest first. */
  private static List<Path> allIn(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
