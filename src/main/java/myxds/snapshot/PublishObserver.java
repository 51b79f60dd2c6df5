package myxds.snapshot;

import java.util.List;

/** What the publisher tells, on its own thread. */
public interface PublishObserver {

  /** A group's new state was judged. */
  default void judged(String group, Outcome outcome) {}

  /** Tells each of these in turn. */
  static PublishObserver all(List<PublishObserver> observers) {
    var each = List.copyOf(observers);
    return new PublishObserver() {
      @Override
      public void judged(String group, Outcome outcome) {
        each.forEach(observer -> observer.judged(group, outcome));
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
