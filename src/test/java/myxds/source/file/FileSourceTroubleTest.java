package myxds.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with the directory, and how the source lives on. */
final class FileSourceTroubleTest extends Watching {
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
            tuple("node1/latin.yaml:2:4", "is not UTF-8 text"),
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
}
