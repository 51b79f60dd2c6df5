package myxds.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A source on a directory with one file, and what it tells. */
abstract class Watching {
  /** Far longer than a test may take: what is seen in time was seen through an event. */
  static final Duration NO_TICK = Duration.ofMinutes(10);

  @TempDir Path directory;

  final Heard heard = new Heard();
  FileSource source = FileSource.of(Path.of("."));

  @BeforeEach
  void writeTheFirstFile() throws IOException {
    write("node1/a.yaml", "one");
  }

  @AfterEach
  void close() {
    source.close();
  }

  void start(Duration tick) {
    start(FileSource.SETTLE, tick);
  }

  void start(Duration settle, Duration tick) {
    source = new FileSource(directory, settle, tick);
    source.start(heard);
    await().until(() -> heard.count() > 0);
  }

  void awaitTexts(Map<String, String> texts) {
    await().untilAsserted(() -> assertThat(heard.texts()).isEqualTo(texts));
  }

  void write(String path, String text) throws IOException {
    var file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  void link(String path, String target) throws IOException {
    Files.createSymbolicLink(directory.resolve(path), Path.of(target));
  }
}
