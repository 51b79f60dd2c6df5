package myxds.discovery.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import myxds.resource.ResourceType;
import myxds.snapshot.Versioned;

/** When a stream has to say again that what has a time to live lives on: after half of it. */
final class Heartbeats {
  /** A time to live that is shorter than the way to the client is a mistake. */
  private static final Duration OFTEN = Duration.ofMillis(100);

  private final Outlet outlet;
  private final Consumer<TypeState> beat;
  private final Set<ResourceType> begun = new HashSet<>();

  /**
   * @param beat called when a heartbeat of a type is due; it begins the next one
   */
  Heartbeats(Outlet outlet, Consumer<TypeState> beat) {
    this.outlet = outlet;
    this.beat = beat;
  }

  /** The client was told something: sets the time of the next heartbeat, if it needs one. */
  void begin(TypeState state, Format format) {
    if (!format.ttl() || state.basis().mortal().isEmpty() || begun.contains(state.type)) {
      return;
    }
    shortest(state)
        .ifPresent(ttl -> {
          begun.add(state.type);
          outlet.schedule(
              half(ttl),
              () -> {
                begun.remove(state.type);
                if (shortest(state).isPresent()) {
                  beat.accept(state);
                }
              });
        });
  }

  private static Duration half(Duration ttl) {
    var half = ttl.dividedBy(2);
    return half.compareTo(OFTEN) < 0 ? OFTEN : half;
  }

  /** Envoy takes no heartbeats of virtual hosts. */
  private static Optional<Duration> shortest(TypeState state) {
    if (state.type.equals(ResourceType.VIRTUAL_HOST)) {
      return Optional.empty();
    }
    return state.basis().mortal().stream()
        .filter(state.subscription::wants)
        .map(Versioned::ttl)
        .map(Objects::requireNonNull)
        .min(Comparator.naturalOrder());
  }
}
