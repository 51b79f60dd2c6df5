package myxds.source;

/**
 * Where documents come from. A source runs on a thread of its own, survives every trouble of what
 * is behind it, and ends only with {@link #close()}.
 */
public interface Source extends AutoCloseable {

  /** Begins to watch: the first call to the observer comes as soon as the source was read once. */
  void start(SourceObserver observer);

  /** Ends the watch; idempotent; afterwards the observer is not called any more. */
  @Override
  void close();
}
