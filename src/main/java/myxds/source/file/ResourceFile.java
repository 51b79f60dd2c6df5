package myxds.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What is in a resource file: a text, or something else. */
sealed interface ResourceFile {
  /** In bytes: far above any configuration, far below what would hurt the daemon. */
  long MAX_SIZE = 64L << 20;

  char REPLACEMENT = '\uFFFD';

  record Text(String text) implements ResourceFile {}

  /**
   * Something else.
   *
   * @param line from 1; 0 for the file as a whole
   * @param column from 1; 0 for the file as a whole
   * @param what a sentence without a full stop
   */
  record Bad(int line, int column, String what) implements ResourceFile {}

  static ResourceFile read(Path path, BasicFileAttributes attributes) throws IOException {
    if (!attributes.isRegularFile()) {
      // A pipe would keep the reader waiting for ever.
      return new Bad(0, 0, "is not a file that can be read (expected: a regular file)");
    }
    if (attributes.size() > MAX_SIZE) {
      return tooLarge();
    }
    try (var in = Files.newInputStream(path)) {
      var bytes = in.readNBytes((int) MAX_SIZE + 1);
      return bytes.length > MAX_SIZE ? tooLarge() : decode(bytes);
    }
  }

  private static ResourceFile tooLarge() {
    return new Bad(0, 0, "is too large (expected: at most %d MiB)".formatted(MAX_SIZE >> 20));
  }

  static ResourceFile decode(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    // What is malformed was replaced by this character, which may also stand there itself.
    return text.indexOf(REPLACEMENT) < 0 ? new Text(text) : decodeStrictly(bytes);
  }

  private static ResourceFile decodeStrictly(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    // A new decoder reports what is malformed instead of replacing it.
    var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    var text = out.flip().toString();
    return result.isError() ? malformedAfter(text) : new Text(text);
  }

  private static Bad malformedAfter(String text) {
    int lineStart = text.lastIndexOf('\n') + 1;
    int line = 1 + (int) text.chars().filter(character -> character == '\n').count();
    int column = 1 + text.codePointCount(lineStart, text.length());
    return new Bad(line, column, "is not UTF-8 text");
  }
}
