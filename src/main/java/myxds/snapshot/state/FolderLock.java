package myxds.snapshot.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Keeps other processes away from a folder, until this one ends, however it ends. */
final class FolderLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final Object identity;

  private FolderLock(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.identity = identity(file);
  }

  /**
   * @throws FolderInUse if another process has it
   */
  static FolderLock of(Path folder) throws IOException {
    var file = folder.resolve("lock");
    var channel = Disk.open(file);
    try {
      if (channel.tryLock() == null) {
        throw inUse(folder, channel);
      }
      var pid = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0).write(StandardCharsets.US_ASCII.encode(pid), 0);
      return new FolderLock(file, channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(folder, "this process");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Returns whether the file is still the one that is locked: another process could lock another
   * one.
   */
  boolean isHeld() {
    try {
      return channel.isOpen() && identity.equals(identity(file));
    } catch (IOException e) {
      return false;
    }
  }

  private static Object identity(Path file) throws IOException {
    var key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    // Some file systems have no key; there a file that exists is taken for the same one.
    return key != null ? key : file;
  }

  private static FolderInUse inUse(Path folder, FileChannel channel) throws IOException {
    var pid = ByteBuffer.allocate(32);
    channel.read(pid, 0);
    return inUse(folder, "process " + StandardCharsets.US_ASCII.decode(pid.flip()));
  }

  private static FolderInUse inUse(Path folder, String who) {
    return new FolderInUse(
        "the state folder %s is in use by %s (two daemons need two: --state DIR)"
            .formatted(folder, who));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
