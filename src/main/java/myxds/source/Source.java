package myxds.source;

import java.util.concurrent.CompletableFuture;

/**
 * Where documents come from. A source runs on a thread of its own, survives every trouble of what
 * is behind it, and ends only with {@link #close()}.
 */
public interface Source extends AutoCloseable {

  /** Begins to watch: the first call to the observer comes as soon as the source was read once. */
  void start(SourceObserver observer);

  /**
   * Reads now, without waiting for an event. Never blocks.
   *
   * @return completes when what the source held at the call was handed to the observer, or is known
   *     to be what the observer was told last; fails if the source is closed before
   */
  CompletableFuture<Void> reread();

  /** Ends the watch; idempotent; afterwards the observer is not called any more. */
  @Override
  void close();
}
