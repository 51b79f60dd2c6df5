package myxds.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files in a tar: POSIX ustar, with the long names of pax and of GNU tar. What is neither a
 * file nor a folder is refused, for something would be missing.
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX = 155;

  private final byte[] bytes;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private int at;

  /** What an entry of its own said of the next file; null when none did. */
  private @Nullable String longName;

  private Tar(byte[] bytes) {
    this.bytes = bytes;
  }

  static boolean is(byte[] bytes) {
    return bytes.length >= BLOCK
        && new String(bytes, MAGIC_AT, 5, StandardCharsets.US_ASCII).equals("ustar");
  }

  /**
   * Their contents by their paths.
   *
   * @throws IOException if it is cut off or holds a link; the message is a sentence without a full
   *     stop
   */
  static SortedMap<String, byte[]> files(byte[] bytes) throws IOException {
    var tar = new Tar(bytes);
    tar.read();
    return tar.files;
  }

  private void read() throws IOException {
    while (at + BLOCK <= bytes.length && bytes[at] != 0) {
      int header = at;
      at += BLOCK;
      entry(header, content(size(header)));
    }
  }

  private void entry(int header, byte[] content) throws IOException {
    var name = longName == null ? name(header) : longName;
    longName = null;
    switch (bytes[header + TYPE_AT]) {
      case 0, '0' -> files.put(name, content);
      case 'L' -> longName = text(content, 0, content.length);
      case 'x' -> longName = pathOfPax(content);
      case '5', 'g' -> {
        // A folder, or what holds for all files: nothing of it matters.
      }
      default -> other(name);
    }
  }

  /** A mounted ConfigMap has hidden links, which are no resource files. */
  private static void other(String name) throws IOException {
    if (!name.substring(name.lastIndexOf('/') + 1).startsWith(".")) {
      throw new IOException(
          "the tar holds %s, which is no file (expected: links followed, as tar --dereference does)"
              .formatted(name));
    }
  }

  private byte[] content(long size) throws IOException {
    if (size > bytes.length - at) {
      throw new IOException("the tar is cut off in the middle of a file");
    }
    var content = Arrays.copyOfRange(bytes, at, at + (int) size);
    at += (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
    return content;
  }

  private String name(int header) {
    var prefix = text(bytes, header + PREFIX_AT, PREFIX);
    var name = text(bytes, header, NAME);
    boolean isPosix = bytes[header + MAGIC_AT + 5] == 0;
    return isPosix && !prefix.isEmpty() ? prefix + "/" + name : name;
  }

  private long size(int header) throws IOException {
    var octal = text(bytes, header + SIZE_AT, 12).strip();
    try {
      return octal.isEmpty() ? 0 : Long.parseUnsignedLong(octal, 8);
    } catch (NumberFormatException e) {
      throw new IOException("the tar has a header that cannot be read", e);
    }
  }

  /** Records of the form {@code 27 path=a/long/name\n}, the length being that of the record. */
  private static @Nullable String pathOfPax(byte[] records) {
    return text(records, 0, records.length)
        .lines()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .filter(record -> record.startsWith("path="))
        .map(record -> record.substring("path=".length()))
        .findFirst()
        .orElse(null);
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
