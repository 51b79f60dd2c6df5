package myxds.source.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read before, so that a walk reads only what changed: of a thousand files, one. A file is
 * the same if it has the same size, times and number in the file system; one that changed a moment
 * before it was read is read again, for a clock has ticks, and within one of them a second change
 * would have the same time. Owned by the source's thread.
 */
final class KnownFiles {
  /** Far above any file system's ticks; FAT's are two seconds. */
  static final Duration RACY = Duration.ofSeconds(3);

  /** Beside the texts there must be room for what is made of them. */
  private static final int SHARE_OF_MEMORY = 4;

  private final Duration racy;
  private final long most;
  private long size;
  private Map<Path, Known> before = new HashMap<>();
  private Map<Path, Known> now = new HashMap<>();

  /**
   * What tells one content of a file from another.
   *
   * @param changed when it was last touched in any way; where a system does not say, null
   */
  private record Stamp(
      long size, FileTime modified, @Nullable Object changed, @Nullable Object number) {

    boolean isOlderThan(Instant time) {
      return modified.toInstant().isBefore(time)
          && (!(changed instanceof FileTime last) || last.toInstant().isBefore(time));
    }
  }

  private record Known(Stamp stamp, ResourceFile content) {}

  KnownFiles(Duration racy) {
    this(racy, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
  }

  /**
   * @param most in bytes: how much all files of a walk may have
   */
  KnownFiles(Duration racy, long most) {
    this.racy = racy;
    this.most = most;
  }

  /** Begins a walk: what the walk before this one did not meet is forgotten. */
  void begin() {
    before = now;
    now = new HashMap<>();
    size = 0;
  }

  /** Whether the walk met more than may be read; what came too late was left out. */
  boolean isTooMuch() {
    return size > most;
  }

  long most() {
    return most;
  }

  /** The content of a file, as it was read now or before. */
  ResourceFile read(Path path, BasicFileAttributes attributes) throws IOException {
    if (attributes.size() <= ResourceFile.MAX_SIZE) {
      size += attributes.size();
    }
    if (isTooMuch()) {
      return new ResourceFile.Bad(0, 0, "too much");
    }
    var stamp = stamp(path, attributes);
    var known = before.get(path);
    if (known != null && known.stamp.equals(stamp)) {
      now.put(path, known);
      return known.content;
    }
    var settled = Instant.now().minus(racy);
    var content = ResourceFile.read(path, attributes);
    if (stamp.isOlderThan(settled)) {
      now.put(path, new Known(stamp, content));
    }
    return content;
  }

  private static Stamp stamp(Path path, BasicFileAttributes attributes) {
    return new Stamp(
        attributes.size(), attributes.lastModifiedTime(), changed(path), attributes.fileKey());
  }

  private static @Nullable Object changed(Path path) {
    try {
      return Files.getAttribute(path, "unix:ctime");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
  }
}
