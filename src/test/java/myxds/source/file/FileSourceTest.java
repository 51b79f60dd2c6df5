package myxds.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import myxds.resource.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest {
  /** Far longer than a test may take: what is seen in time was seen through an event. */
  private static final Duration NO_TICK = Duration.ofMinutes(10);

  @TempDir Path directory;

  private final Heard heard = new Heard();
  private FileSource source = FileSource.of(Path.of("."));

  @BeforeEach
  void writeTheFirstFile() throws IOException {
    write("node1/a.yaml", "one");
  }

  @AfterEach
  void close() {
    source.close();
  }

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
  void warnsOfAFileBesideTheGroups() throws IOException {
    write("b.yaml", "lost");

    start(NO_TICK);

    assertThat(heard.last().unreadable())
        .extracting(Object::toString)
        .containsExactly(
            "b.yaml: warning: not in a group's folder: ignored (expected: GROUP/b.yaml)");
  }

  @Test
  void tellsWhatCannotBeReadAndGoesOnWithTheRest() throws Exception {
    Files.writeString(directory.resolve("node1/latin.yaml"), "a\ncaf\u00e9\n", ISO_8859_1);
    link("node1/gone.yaml", "nowhere.yaml");
    link("node2", "nowhere");
    assertThat(new ProcessBuilder("mkfifo", directory + "/node1/pipe.yaml").start().waitFor())
        .isZero();

    start(NO_TICK);

    assertThat(heard.texts()).isEqualTo(Map.of("node1/a.yaml", "one"));
    assertThat(heard.last().unreadable())
        .allMatch(problem -> problem.isError())
        .extracting(problem -> problem.origin().toString(), problem -> problem.message())
        .containsExactly(
            tuple("node1/gone.yaml", "is a link to nothing"),
            tuple("node1/latin.yaml:2", "is not UTF-8 text"),
            tuple("node1/pipe.yaml", "is not a file that can be read (expected: a regular file)"),
            tuple("node2/", "is a link to nothing"));
  }

  @Test
  void tellsALinkToItself() throws IOException {
    link("node1/self.yaml", "self.yaml");

    start(NO_TICK);

    assertThat(heard.last().unreadable())
        .singleElement()
        .asString()
        .startsWith("node1/self.yaml: error: cannot be read: ");
  }

  @Test
  void tellsAFileThatIsTooLarge() throws IOException {
    try (var file =
        Files.newByteChannel(
            directory.resolve("node1/large.yaml"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      file.position(ResourceFile.MAX_SIZE).write(ByteBuffer.wrap(new byte[] {'a'}));
    }

    start(NO_TICK);

    assertThat(heard.last().unreadable())
        .extracting(Object::toString)
        .containsExactly("node1/large.yaml: error: is too large (expected: at most 64 MiB)");
  }

  @Test
  void tellsALinkThatLeadsIntoItself() throws IOException {
    link("node1/sub", "..");

    start(NO_TICK);

    assertThat(heard.texts()).isEqualTo(Map.of("node1/a.yaml", "one"));
    assertThat(heard.last().unreadable())
        .extracting(Object::toString)
        .containsExactly("node1/sub: error: is a link to a folder that it is in itself");
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
  void saysOnceThatTheDirectoryIsMissingAndGoesOnWhenItIsThere() throws IOException {
    var missing = directory.resolve("later");
    source = new FileSource(missing, FileSource.SETTLE, Duration.ofMillis(20));
    source.start(heard);
    await().untilAsserted(() -> assertThat(heard.reasons()).hasSize(1));

    write("later/node1/b.yaml", "here");
    awaitTexts(Map.of("node1/b.yaml", "here"));

    assertThat(heard.reasons())
        .containsExactly(
            "the configuration directory "
                + missing
                + " does not exist (expected: a folder with one folder per group)");
  }

  @Test
  void saysADifferentReasonAndTheSameStateAgainAfterTrouble() throws IOException {
    start(Duration.ofMillis(20));

    var away = directory.resolveSibling(directory.getFileName() + "-away");
    Files.move(directory, away);
    await().untilAsserted(() -> assertThat(heard.reasons()).hasSize(1));
    Files.writeString(directory, "a file");
    await().untilAsserted(() -> assertThat(heard.reasons()).hasSize(2));
    Files.delete(directory);
    await().untilAsserted(() -> assertThat(heard.reasons()).hasSize(3));
    Files.move(away, directory);

    await().untilAsserted(() -> assertThat(heard.count()).isEqualTo(2));
    assertThat(heard.reasons().get(1)).contains(directory + " is not a folder");
  }

  @Test
  void survivesAnObserverThatThrows() throws IOException {
    heard.throwNext();
    start(NO_TICK);

    write("node1/a.yaml", "two");

    awaitTexts(Map.of("node1/a.yaml", "two"));
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

  private void start(Duration tick) {
    start(FileSource.SETTLE, tick);
  }

  private void start(Duration settle, Duration tick) {
    source = new FileSource(directory, settle, tick);
    source.start(heard);
    await().until(() -> heard.count() > 0);
  }

  private void awaitTexts(Map<String, String> texts) {
    await().untilAsserted(() -> assertThat(heard.texts()).isEqualTo(texts));
  }

  private void write(String path, String text) throws IOException {
    var file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void link(String path, String target) throws IOException {
    Files.createSymbolicLink(directory.resolve(path), Path.of(target));
  }
}
