package myxds.snapshot;

import java.util.List;

/** What the publisher tells, on its own thread. */
public interface PublishObserver {

  /** A group's new state was judged. */
  default void judged(String group, Outcome outcome) {}

  /**
   * A group is served what was published before the last stop, until its newest state is judged;
   * told at the start, and again when what had been left out was read from the source.
   */
  default void restored(String group, GroupSnapshot snapshot) {}

  /** A published state could not be kept for the next start; it is served all the same. */
  default void unsaved(String group, String reason) {}

  /** A published state that could not be kept before is kept now. */
  default void saved(String group) {}

  /** Tells each of these in turn. */
  static PublishObserver all(List<PublishObserver> observers) {
    var each = List.copyOf(observers);
    return new PublishObserver() {
      @Override
      public void judged(String group, Outcome outcome) {
        each.forEach(observer -> observer.judged(group, outcome));
      }

      @Override
      public void restored(String group, GroupSnapshot snapshot) {
        each.forEach(observer -> observer.restored(group, snapshot));
      }

      @Override
      public void unsaved(String group, String reason) {
        each.forEach(observer -> observer.unsaved(group, reason));
      }

      @Override
      public void saved(String group) {
        each.forEach(observer -> observer.saved(group));
      }

      @Override
      public void settled(PublishedState state) {
        each.forEach(observer -> observer.settled(state));
      }
    };
  }

  /** All groups of one state of the source were judged, or the source told its trouble. */
  default void settled(PublishedState state) {}
}
