package myxds.snapshot.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes files so that a crash leaves a whole one or none, for its owner's eyes only: they hold
 * what the configuration holds, private keys included.
 */
final class Disk {
  private static final Logger log = LoggerFactory.getLogger(Disk.class);
  static final String UNFINISHED = ".tmp";

  /** The disk takes the syncs of several files as one. */
  private static final int AT_ONCE = 8;

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private Disk() {}

  /** A folder, 0700 and on the disk if it is new, and those that it is in. */
  static Path folder(Path folder) throws IOException {
    var parent = folder.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder) && parent != null) {
      folder(parent);
      Files.createDirectories(folder, mode("rwx------"));
      sync(parent);
    }
    return folder;
  }

  /** Moves a damaged file where it is in nobody's way, and says so. */
  static void putAside(Path file, Path aside, String why) throws IOException {
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    log.atWarn()
        .addKeyValue("file", file)
        .addKeyValue("reason", why)
        .addKeyValue("now", aside)
        .log("put a damaged file aside");
  }

  /** Writes each of these files; when it returns they are on the disk, but for {@link #sync}. */
  static void write(Map<Path, byte[]> files) throws IOException {
    if (files.size() <= 1) {
      for (var file : files.entrySet()) {
        write(file.getKey(), file.getValue());
      }
      return;
    }
    try (var writers = Executors.newFixedThreadPool(Math.min(AT_ONCE, files.size()))) {
      var all =
          files.entrySet().stream()
              .<Callable<Void>>map(file ->
                  () -> {
                    write(file.getKey(), file.getValue());
                    return null;
                  })
              .toList();
      for (var written : writers.invokeAll(all)) {
        written.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException reason ? reason : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was told to stop", e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    var unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      Files.deleteIfExists(unfinished);
      try (var out =
          FileChannel.open(
              unfinished,
              Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
              mode("rw-------"))) {
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  /** A file to read and write, made if there is none. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
        mode("rw-------"));
  }

  /** What was renamed or removed in the folder is so after a crash. */
  static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * A file's content.
   *
   * @param sha the hash that it had when it was written
   * @throws CorruptFile if it has another, or there is no such file
   */
  static byte[] read(Path file, String sha) throws IOException {
    try {
      var content = Files.readAllBytes(file);
      if (!Sha.of(content).equals(sha)) {
        throw new CorruptFile(file, "it is not what was written");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new CorruptFile(file, "it is missing");
    }
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
