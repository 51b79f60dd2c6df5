package myxds.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a port's connections.
 *
 * @param max how many may be open
 * @param silence how long a new connection may stay without the beginning of a request
 * @param idle how long a connection may wait for more bytes of its client after that; null for any
 *     time
 */
public record Limits(int max, Duration silence, @Nullable Duration idle) {
  private static final Duration SILENCE = Duration.ofSeconds(10);

  public static Limits of(int max) {
    return new Limits(max, SILENCE, null);
  }

  public Limits withIdle(Duration idle) {
    return new Limits(max, silence, idle);
  }
}
