package myxds.snapshot.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that this process has locked, and locks again after it was deleted. */
final class HeldFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeldFolder.class);

  private final Path path;
  private @Nullable FolderLock lock;

  HeldFolder(Path path) {
    this.path = path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  Path path() {
    return path;
  }

  /**
   * Creates and locks the folder, unless this process holds its lock.
   *
   * @return whether it was locked now; its earlier content is then gone
   * @throws FolderInUse if another process has it
   * @throws IOException if it cannot be used; the message names the folder
   */
  synchronized boolean take() throws IOException {
    if (lock != null && lock.isHeld()) {
      return false;
    }
    try {
      var taken = FolderLock.of(Disk.folder(path));
      if (lock != null) {
        log.atWarn().addKeyValue("folder", path).log("lost the state folder and took it again");
        lock.close();
      }
      lock = taken;
      return true;
    } catch (FolderInUse e) {
      throw e;
    } catch (IOException e) {
      throw unusable(e.toString(), e);
    }
  }

  /**
   * @throws IOException if nothing can be written into it, as on a read-only disk
   */
  void requireWritable() throws IOException {
    if (!Files.isWritable(path)) {
      throw unusable("it cannot be written", null);
    }
  }

  private IOException unusable(String why, @Nullable IOException cause) {
    return new IOException("the state folder %s cannot be used: %s".formatted(path, why), cause);
  }

  @Override
  public synchronized void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }
}
