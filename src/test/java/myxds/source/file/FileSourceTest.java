package myxds.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import myxds.resource.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest extends Watching {
  @Test
  void tellsTheWholeStateAtTheStart() throws IOException {
    write("node1/deep/er/b.json", "{}");
    write("_common/c.yml", "three");

    start(NO_TICK);

    assertThat(heard.last().documents())
        .containsExactly(
            new Document("_common/c.yml", "three"),
            new Document("node1/a.yaml", "one"),
            new Document("node1/deep/er/b.json", "{}"));
  }

  @Test
  void tellsAnEmptyDirectory() throws IOException {
    Files.delete(directory.resolve("node1/a.yaml"));

    start(NO_TICK);

    assertThat(heard.last().documents()).isEmpty();
    assertThat(heard.last().unreadable()).isEmpty();
  }

  @Test
  void tellsAnInPlaceSave() throws IOException {
    start(NO_TICK);

    write("node1/a.yaml", "two");

    awaitTexts(Map.of("node1/a.yaml", "two"));
  }

  @Test
  void tellsAnAtomicRename() throws IOException {
    start(NO_TICK);

    var temporary = Files.writeString(directory.resolve("node1/a.yaml.tmp"), "two");
    Files.move(temporary, directory.resolve("node1/a.yaml"), StandardCopyOption.REPLACE_EXISTING);

    awaitTexts(Map.of("node1/a.yaml", "two"));
  }

  @Test
  void tellsAFileInANewFolder() throws IOException {
    start(NO_TICK);

    write("node2/x/b.yaml", "new");
    awaitTexts(Map.of("node1/a.yaml", "one", "node2/x/b.yaml", "new"));
    write("node2/x/b.yaml", "newer");

    awaitTexts(Map.of("node1/a.yaml", "one", "node2/x/b.yaml", "newer"));
  }

  @Test
  void tellsADeletedFile() throws IOException {
    write("node1/b.yaml", "two");
    start(NO_TICK);

    Files.delete(directory.resolve("node1/a.yaml"));

    awaitTexts(Map.of("node1/b.yaml", "two"));
  }

  @Test
  void followsAFolderThatTookThePlaceOfAnother() throws IOException {
    start(NO_TICK);
    write("node1.new/a.yaml", "two");
    awaitTexts(Map.of("node1/a.yaml", "one", "node1.new/a.yaml", "two"));

    Files.move(directory.resolve("node1"), directory.resolve(".old"));
    Files.move(directory.resolve("node1.new"), directory.resolve("node1"));
    awaitTexts(Map.of("node1/a.yaml", "two"));
    write("node1/a.yaml", "three");

    awaitTexts(Map.of("node1/a.yaml", "three"));
  }

  @Test
  void tellsASwappedConfigMap() throws IOException {
    write("node1/..2026_01/b.yaml", "old");
    write("node1/..2026_02/b.yaml", "new");
    link("node1/..data", "..2026_01");
    link("node1/b.yaml", "..data/b.yaml");
    start(NO_TICK);
    assertThat(heard.texts()).isEqualTo(Map.of("node1/a.yaml", "one", "node1/b.yaml", "old"));

    link("node1/..data_tmp", "..2026_02");
    Files.move(
        directory.resolve("node1/..data_tmp"),
        directory.resolve("node1/..data"),
        StandardCopyOption.ATOMIC_MOVE);

    awaitTexts(Map.of("node1/a.yaml", "one", "node1/b.yaml", "new"));
  }

  @Test
  void takesASaveInTwoHalvesAsOneChange() throws IOException {
    start(Duration.ofMillis(600), NO_TICK);

    write("node1/a.yaml", "first ");
    await().pollDelay(Duration.ofMillis(30)).until(() -> true);
    Files.writeString(directory.resolve("node1/a.yaml"), "second", StandardOpenOption.APPEND);

    awaitTexts(Map.of("node1/a.yaml", "first second"));
    assertThat(heard.count()).isEqualTo(2);
  }

  @Test
  void findsByLookingWhatMakesNoEvent(@TempDir Path elsewhere) throws IOException {
    var target = Files.writeString(elsewhere.resolve("b.yaml"), "one");
    Files.createSymbolicLink(directory.resolve("node1/b.yaml"), target);
    start(Duration.ofMillis(50));

    Files.writeString(target, "two");

    awaitTexts(Map.of("node1/a.yaml", "one", "node1/b.yaml", "two"));
  }

  @Test
  void ignoresWhatIsNotAResource() throws IOException {
    for (var name :
        List.of(
            ".a.yaml",
            ".a.yaml.swp",
            ".#a.yaml",
            "#a.yaml#",
            "a.yaml~",
            "a.yaml.swp",
            "a.tmp",
            "a.txt",
            "4913",
            ".git/b.yaml")) {
      write("node1/" + name, "not a resource");
    }
    write("my-xds.yaml", "settings");
    write(".hidden/b.yaml", "not a resource");

    start(NO_TICK);

    assertThat(heard.texts()).isEqualTo(Map.of("node1/a.yaml", "one"));
    assertThat(heard.last().unreadable()).isEmpty();
  }

  @Test
  void saysNothingWhenOnlyATemporaryFileChanges() throws IOException {
    start(NO_TICK);

    write("node1/.a.yaml.swp", "typing");
    write("node1/a.yaml", "two");

    awaitTexts(Map.of("node1/a.yaml", "two"));
    assertThat(heard.count()).isEqualTo(2);
  }

  @Test
  void readsPathsWithSpaces() throws IOException {
    write("my node/my file.yaml", "two");

    start(NO_TICK);

    assertThat(heard.texts()).containsEntry("my node/my file.yaml", "two");
  }

  @Test
  void followsALinkedFolder(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("b.yaml"), "two");
    Files.createSymbolicLink(directory.resolve("node2"), elsewhere);
    start(NO_TICK);

    Files.writeString(elsewhere.resolve("b.yaml"), "three");

    awaitTexts(Map.of("node1/a.yaml", "one", "node2/b.yaml", "three"));
  }

  @Test
  void saysNothingAfterItsEnd() throws IOException {
    start(Duration.ofMillis(1));

    source.close();
    source.close();
    write("node1/a.yaml", "two");

    await().until(() -> !heard.teller().isAlive());
    assertThat(heard.count()).isEqualTo(1);
  }

  @Test
  void handsOverWhatWasOnTheDiskWhenItIsAskedToRead() throws Exception {
    start(NO_TICK);
    write("node1/a.yaml", "two");

    source.reread().get(20, TimeUnit.SECONDS);

    assertThat(heard.texts()).isEqualTo(Map.of("node1/a.yaml", "two"));
  }

  @Test
  void answersWhenNothingChanged() throws Exception {
    start(NO_TICK);

    source.reread().get(20, TimeUnit.SECONDS);

    assertThat(heard.count()).isOne();
  }

  @Test
  void failsToReadOnceItIsClosed() {
    start(NO_TICK);
    source.close();

    assertThat(source.reread()).isCompletedExceptionally();
  }
}
