package myxds.source.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the source when something happens in one of its folders; owned by the source's thread. What
 * cannot be watched (a system has a limit on watches) is only looked at less often.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

  private final @Nullable WatchService service;
  private final Map<Path, Watched> watched = new HashMap<>();
  private boolean warned;

  /** The identity tells a folder from another one that took its place under the same name. */
  private record Watched(WatchKey key, Object identity) {}

  private FolderWatch(@Nullable WatchService service) {
    this.service = service;
  }

  /**
   * @param wake called at each event, on a thread of its own
   */
  static FolderWatch open(Runnable wake) {
    try {
      var service = FileSystems.getDefault().newWatchService();
      Thread.ofVirtual().name("file-events").start(() -> listen(service, wake));
      return new FolderWatch(service);
    } catch (IOException e) {
      var watch = new FolderWatch(null);
      watch.warn(e);
      return watch;
    }
  }

  /** Watches exactly these folders, each with its identity; says whether one of them is new. */
  boolean follow(Map<Path, Object> folders) {
    watched.entrySet().removeIf(entry -> isGone(entry.getValue(), folders.get(entry.getKey())));
    boolean added = false;
    for (var folder : folders.entrySet()) {
      added |= !watched.containsKey(folder.getKey()) && add(folder.getKey(), folder.getValue());
    }
    return added;
  }

  /** Until the watch is closed. */
  private static void listen(WatchService service, Runnable wake) {
    try {
      while (true) {
        var key = service.take();
        key.pollEvents();
        key.reset();
        wake.run();
      }
    } catch (ClosedWatchServiceException e) {
      log.atTrace().log("ended the watch");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        log.atDebug().setCause(e).log("failed to end the watch");
      }
    }
  }

  private static boolean isGone(Watched folder, @Nullable Object identity) {
    boolean same = folder.key.isValid() && folder.identity.equals(identity);
    if (!same) {
      folder.key.cancel();
    }
    return !same;
  }

  private boolean add(Path folder, Object identity) {
    if (service == null) {
      return false;
    }
    try {
      var key = folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
      watched.put(folder, new Watched(key, identity));
      return true;
    } catch (IOException e) {
      warn(e);
      return false;
    }
  }

  private void warn(IOException cause) {
    if (!warned) {
      log.atWarn()
          .addKeyValue("reason", cause.toString())
          .log("failed to watch a folder; changes are found by looking");
    }
    warned = true;
  }
}
