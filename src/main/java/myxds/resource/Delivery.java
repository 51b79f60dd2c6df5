package myxds.resource;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a resource is to be delivered, besides its content.
 *
 * @param ttl how long a client may use it without hearing of it again; null for ever
 * @param aliases other names that clients may ask for it by
 */
public record Delivery(@Nullable Duration ttl, List<String> aliases) {
  /** For ever, and by its name only. */
  public static final Delivery PLAIN = new Delivery(null, List.of());

  public Delivery {
    aliases = List.copyOf(aliases);
  }
}
