package myxds.snapshot;

/** What the publisher tells, on its own thread. */
public interface PublishObserver {

  /** A group's new state was judged. */
  default void judged(String group, Outcome outcome) {}

  /** All groups of one state of the source were judged, or the source told its trouble. */
  default void settled(PublishedState state) {}
}
