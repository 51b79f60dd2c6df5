package myxds.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of a new state of a group, and how it spread.
 *
 * @param id grows by one with each; unique in this process
 * @param what became of it; never {@link Outcome.Unchanged}
 * @param before the version that was served until then; null when none was
 * @param states to compare; null if it is not served, or when it was long ago
 * @param spread how many nodes had ACKed it at which moments since then, in the order of time
 * @param nacked how many nodes NACKed it and have not ACKed it since
 */
public record Publication(
    long id,
    String group,
    Instant at,
    What what,
    @Nullable String before,
    @Nullable States states,
    List<Step> spread,
    int nacked) {

  public Publication {
    spread = List.copyOf(spread);
  }

  /**
   * What became of it.
   *
   * @param outcome {@code published}, {@code refused}, {@code held} or {@code rolled_back}
   * @param version of the state; null if it could not be read as one
   * @param took from the state's arrival to its being served; null if it is not
   * @param message why it is not served; empty if it is
   */
  public record What(
      String outcome, @Nullable String version, @Nullable Duration took, String message) {

    static What of(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Published(var snapshot, var took) ->
            new What("published", snapshot.version(), took, "");
        case Outcome.Held(var held) ->
            new What(held.cause().word(), held.next().version(), null, held.cause().why());
        case Outcome.Refused refused -> new What("refused", null, null, refused.summary());
        case Outcome.Unchanged() -> new What("unchanged", null, null, "");
      };
    }
  }

  /**
   * The states themselves.
   *
   * @param before null when nothing was served
   */
  public record States(@Nullable GroupSnapshot before, GroupSnapshot after) {}

  /** So many nodes had taken it. */
  public record Step(Duration after, int nodes) {}
}
