package myxds.snapshot.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Keeps other processes away from a folder, until this one ends, however it ends. */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws FolderInUse if another process has it
   */
  static FolderLock of(Path folder) throws IOException {
    var channel = Disk.open(folder.resolve("lock"));
    try {
      if (channel.tryLock() == null) {
        throw inUse(folder, channel);
      }
      var pid = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0).write(StandardCharsets.US_ASCII.encode(pid), 0);
      return new FolderLock(channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(folder, "this process");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
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
