package myxds.source;

import myxds.resource.Documents;

/** What a source tells, on its own thread; an observer hands over and never blocks. */
public interface SourceObserver {

  /** The state is now this, as a whole; said once for each different state. */
  default void changed(Documents documents) {}

  /** The source cannot be read: keep what you have. Said once for each different reason. */
  default void unavailable(String reason) {}
}
