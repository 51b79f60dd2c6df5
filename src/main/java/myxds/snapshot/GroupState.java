package myxds.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import myxds.resource.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a group stands.
 *
 * @param served what its nodes are served; null when nothing good was seen yet
 * @param publishedAt when {@code served} was published; null with it
 * @param held what waits for an approval; null when nothing does
 */
public record GroupState(
    String name,
    Standing standing,
    @Nullable GroupSnapshot served,
    @Nullable Instant publishedAt,
    @Nullable Held held) {

  /** Of which nothing good was seen yet. */
  static GroupState unknown(String name) {
    return new GroupState(name, Standing.REFUSED, null, null, null);
  }

  /** A valid state that is not published until somebody approves it. */
  public record Held(GroupSnapshot next, HoldCause cause) {

    /** Returns the command that publishes it. */
    String approval(String group) {
      return "my-xds approve --group %s --version %s".formatted(group, next.version());
    }

    /** Returns why it is held and how to publish it, with the places of what nodes NACKed. */
    List<Problem> problems(String group) {
      return HeldProblems.of(group, this);
    }
  }

  /** The newest state of the group against what is served. */
  public enum Standing {
    /** The newest state is what is served. */
    PUBLISHED,
    /** The newest state was refused or cannot be read; the last good one is served. */
    DEGRADED,
    /** The newest state was refused and there is no good one. */
    REFUSED,
    /** The newest state waits for an approval; what was served before is served. */
    HELD;

    /** In lower case, as the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same group, served the same, of whose newest state this became. */
  GroupState standing(Standing now) {
    return new GroupState(name, now, served, publishedAt, null);
  }

  /** The same group, whose newest state is not to be served. */
  GroupState refused() {
    return standing(served == null ? Standing.REFUSED : Standing.DEGRADED);
  }

  GroupState holding(Held held) {
    return new GroupState(name, Standing.HELD, served, publishedAt, held);
  }

  GroupState serving(GroupSnapshot snapshot, Instant at) {
    return new GroupState(name, Standing.PUBLISHED, snapshot, at, null);
  }
}
