package myxds.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import myxds.resource.Resource;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.GroupState;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * When the first certificate of each group ends. Looked up when somebody asks, and only in what
 * changed since somebody asked last. Guarded by itself.
 */
final class CertificateMeter {
  private final Function<Resource, Optional<Instant>> expiry;
  private Map<String, Known> groups = Map.of();

  /** What was looked at, and of what of it has certificates, when the first of them ends. */
  private record Known(GroupSnapshot snapshot, Map<Versioned, Instant> ends) {}

  CertificateMeter(Function<Resource, Optional<Instant>> expiry) {
    this.expiry = expiry;
  }

  synchronized void tell(Collection<GroupState> now, GaugeWithCallback.Callback meter) {
    var known = new HashMap<String, Known>();
    for (var group : now) {
      if (group.served() != null) {
        var one = look(group.served(), groups.get(group.name()));
        known.put(group.name(), one);
        one.ends.values().stream()
            .min(Instant::compareTo)
            .ifPresent(end -> meter.call((double) end.getEpochSecond(), group.name()));
      }
    }
    groups = known;
  }

  private Known look(GroupSnapshot snapshot, @Nullable Known before) {
    if (before != null && before.snapshot == snapshot) {
      return before;
    }
    var ends = new IdentityHashMap<Versioned, Instant>();
    snapshot
        .types()
        .forEach((type, view) -> {
          var old = before == null ? TypeView.EMPTY : before.snapshot.ofType(type);
          for (var one : view.all()) {
            end(one, old.get(one.name()) == one ? before : null)
                .ifPresent(end -> ends.put(one, end));
          }
        });
    return new Known(snapshot, ends);
  }

  private Optional<Instant> end(Versioned one, @Nullable Known known) {
    return known == null ? expiry.apply(one.resource()) : Optional.ofNullable(known.ends.get(one));
  }
}
