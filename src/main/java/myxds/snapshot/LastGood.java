package myxds.snapshot;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import myxds.resource.Resource;

/** What was published last, kept for a start without a good source; called by one thread. */
public interface LastGood {
  /** Nothing is kept. */
  LastGood NONE =
      new LastGood() {
        @Override
        public List<Saved> load() {
          return List.of();
        }

        @Override
        public void save(String group, GroupSnapshot snapshot, Instant at) {}

        @Override
        public void forget(String group) {}
      };

  /**
   * A state as it was published.
   *
   * @param complete whether nothing of it was left out, as secrets may be
   */
  record Saved(String group, Instant publishedAt, List<Resource> resources, boolean complete) {

    public Saved {
      resources = List.copyOf(resources);
    }
  }

  /** The newest state of each group that can be read. */
  List<Saved> load();

  /**
   * Keeps a state; when it returns, a crash cannot lose it.
   *
   * @throws IOException if it cannot be kept; the state before it still is
   */
  void save(String group, GroupSnapshot snapshot, Instant at) throws IOException;

  /**
   * A group was withdrawn on purpose.
   *
   * @throws IOException if it cannot be forgotten: it will come back at the next start
   */
  void forget(String group) throws IOException;
}
