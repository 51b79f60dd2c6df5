package myxds.source.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import myxds.resource.Documents;
import myxds.source.Source;
import myxds.source.SourceObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resource files of a directory, at any depth in its group folders. A change of the settings
 * file beside them is told, too, as a state with the same documents.
 *
 * <p>An event only wakes it, and so does a tick: it then reads the whole tree and compares. So a
 * lost event, a file system without events or a symbolic link to elsewhere costs at most one tick.
 * A changed tree is told once it is at rest: it was read twice alike, with no event for the settle
 * time in between. So a file that is saved in two halves is one change.
 *
 * <p>It reads on a platform thread of its own: a slow disk would hold one of the few carrier
 * threads that all virtual threads share.
 */
public final class FileSource implements Source {
  /** How long a changed tree must be at rest. */
  public static final Duration SETTLE = Duration.ofMillis(75);

  /** How often the tree is read without an event. */
  public static final Duration TICK = Duration.ofSeconds(1);

  /** A tree that never comes to rest is told all the same, this often. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A stream of events about files that are none of ours must not keep a core busy. */
  private static final Duration BREATH = Duration.ofMillis(10);

  private static final Logger log = LoggerFactory.getLogger(FileSource.class);

  private final Path directory;
  private final Duration settle;
  private final Duration tick;

  /** One permit for each event since the source's thread looked last. */
  private final Semaphore events = new Semaphore(0);

  // All three are guarded by this.
  private @Nullable Thread thread;
  private boolean closed;
  private List<CompletableFuture<Void>> asked = new ArrayList<>();

  // Owned by the source's thread.
  private boolean newFolders;
  private final KnownFiles files = new KnownFiles(KnownFiles.RACY);

  /** A source that settles for {@link #SETTLE} and looks every {@link #TICK}. */
  public static FileSource of(Path directory) {
    return new FileSource(directory, SETTLE, TICK);
  }

  /**
   * @param directory whose folders are the groups; it need not exist
   * @param settle see {@link #SETTLE}
   * @param tick see {@link #TICK}
   */
  public FileSource(Path directory, Duration settle, Duration tick) {
    this.directory = directory;
    this.settle = settle;
    this.tick = tick;
  }

  /**
   * What is in a directory now, read once.
   *
   * @throws IOException if there is no such directory or it cannot be read; its message says which
   */
  public static Documents read(Path directory) throws IOException {
    return switch (TreeWalk.of(directory, new KnownFiles(KnownFiles.RACY)).reading()) {
      case Reading.Whole(var documents, var settings) -> documents;
      case Reading.Unavailable(var reason) -> throw new IOException(reason);
    };
  }

  @Override
  public synchronized void start(SourceObserver observer) {
    if (thread != null || closed) {
      throw new IllegalStateException("a source starts once");
    }
    thread = Thread.ofPlatform().daemon().name("file-source").start(() -> run(observer));
  }

  @Override
  public synchronized CompletableFuture<Void> reread() {
    var answer = new CompletableFuture<Void>();
    if (closed) {
      answer.completeExceptionally(new IllegalStateException("the source is closed"));
    } else {
      asked.add(answer);
      events.release();
    }
    return answer;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private synchronized boolean isOpen() {
    return !closed;
  }

  /** Those who asked for a look that has not begun yet. */
  private synchronized List<CompletableFuture<Void>> takeAsked() {
    var taken = asked;
    asked = new ArrayList<>();
    return taken;
  }

  private void run(SourceObserver observer) {
    try (var watch = FolderWatch.open(events::release)) {
      Reading told = null;
      while (isOpen()) {
        told = round(watch, observer, told);
      }
    } catch (InterruptedException e) {
      log.atDebug().log("stopped watching");
    } finally {
      takeAsked()
          .forEach(one -> one.completeExceptionally(new IllegalStateException("it was closed")));
    }
  }

  /** Reads, tells what is new, and waits for a reason to read again. */
  private @Nullable Reading round(
      FolderWatch watch, SourceObserver observer, @Nullable Reading told)
      throws InterruptedException {
    var latest = told;
    var waiting = takeAsked();
    try {
      var reading = read(watch);
      if (!reading.equals(told)) {
        // The first state is told as it is: nobody may be kept waiting at the start.
        latest = told == null ? reading : settled(watch, reading);
        if (!latest.equals(told)) {
          tell(observer, latest);
        }
      }
      waiting.forEach(one -> one.complete(null));
    } catch (RuntimeException | OutOfMemoryError e) {
      waiting.forEach(one -> one.completeExceptionally(e));
      log.atError().setCause(e).log("failed to look at the configuration; looking again");
    }
    rest();
    return latest;
  }

  private Reading read(FolderWatch watch) {
    var walk = TreeWalk.of(directory, files);
    newFolders |= watch.follow(walk.folders());
    return walk.reading();
  }

  private Reading settled(FolderWatch watch, Reading first) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var before = first;
    while (System.nanoTime() - deadline < 0) {
      awaitQuiet(deadline);
      var now = read(watch);
      if (now.equals(before)) {
        return now;
      }
      before = now;
    }
    return before;
  }

  private void awaitQuiet(long deadline) throws InterruptedException {
    while (isWoken(settle) && System.nanoTime() - deadline < 0) {
      // An event: the quiet time begins anew.
    }
  }

  /** Until the next event or tick. */
  private void rest() throws InterruptedException {
    // What came into a new folder before it was watched made no event: look at once.
    if (!newFolders && isWoken(tick)) {
      Thread.sleep(BREATH);
    }
    newFolders = false;
  }

  /** Waits for an event, at most this long; whether there was one. */
  private boolean isWoken(Duration most) throws InterruptedException {
    boolean woken = events.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
    events.drainPermits();
    return woken;
  }

  /** Under the lock of {@link #close}: when that returns, nothing is told any more. */
  private synchronized void tell(SourceObserver observer, Reading reading) {
    if (closed) {
      return;
    }
    switch (reading) {
      case Reading.Whole(var documents, var settings) -> observer.changed(documents);
      case Reading.Unavailable(var reason) -> observer.unavailable(reason);
    }
  }
}
