package myxds.snapshot;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a group stands.
 *
 * @param served what its nodes are served; null when nothing good was seen yet
 * @param publishedAt when {@code served} was published; null with it
 */
public record GroupState(
    String name, Standing standing, @Nullable GroupSnapshot served, @Nullable Instant publishedAt) {

  /** The newest state of the group against what is served. */
  public enum Standing {
    /** The newest state is what is served. */
    PUBLISHED,
    /** The newest state was refused; the last good one is served. */
    DEGRADED,
    /** The newest state was refused and there is no good one. */
    REFUSED,
    /** The newest state would take away what nodes run; what was served is served. */
    HELD;

    /** In lower case, as the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
