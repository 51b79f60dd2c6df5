package myxds.snapshot.state;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not what was written. */
final class CorruptFile extends IOException {
  private final transient Path file;

  CorruptFile(Path file, String why) {
    super(why);
    this.file = file;
  }

  Path file() {
    return file;
  }
}
