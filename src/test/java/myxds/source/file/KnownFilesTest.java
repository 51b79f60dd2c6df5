package myxds.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownFilesTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("a.yaml"), "one");
  }

  @Test
  void readsAFileOnceForAsLongAsItIsTheSame() throws IOException {
    // A clock that is far ahead makes every file an old one.
    var files = new KnownFiles(Duration.ofDays(-1));

    var first = read(files);

    assertThat(read(files)).isSameAs(first);
    assertThat(read(files)).isSameAs(first);
  }

  @Test
  void readsNoMoreThanThereIsRoomFor() throws IOException {
    Files.createDirectories(folder.resolve("group"));
    Files.writeString(folder.resolve("group/a.yaml"), "one");
    Files.writeString(folder.resolve("group/b.yaml"), "two");

    assertThat(TreeWalk.of(folder, new KnownFiles(KnownFiles.RACY, 6)).reading())
        .isInstanceOf(Reading.Whole.class);
    assertThat(TreeWalk.of(folder, new KnownFiles(KnownFiles.RACY, 5)).reading())
        .isInstanceOfSatisfying(
            Reading.Unavailable.class,
            nothing -> assertThat(nothing.reason()).contains("holds more than 0 MiB"));
  }

  @Test
  void readsAChangedFileAgain() throws IOException {
    var files = new KnownFiles(Duration.ofDays(-1));
    read(files);
    Files.writeString(file, "three");

    assertThat(read(files)).isEqualTo(new ResourceFile.Text("three"));
  }

  @Test
  void doesNotTrustTheTimesOfAFileThatChangedAMomentAgo() throws IOException {
    var files = new KnownFiles(KnownFiles.RACY);
    var time = Files.getLastModifiedTime(file);
    read(files);
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time);

    assertThat(read(files)).isEqualTo(new ResourceFile.Text("two"));
  }

  @Test
  void forgetsWhatAWalkDidNotMeet() throws IOException {
    var files = new KnownFiles(Duration.ofDays(-1));
    var first = read(files);
    files.begin();

    assertThat(read(files)).isEqualTo(first).isNotSameAs(first);
  }

  private ResourceFile read(KnownFiles files) throws IOException {
    files.begin();
    return files.read(file, Files.readAttributes(file, BasicFileAttributes.class));
  }
}
