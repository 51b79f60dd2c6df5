package myxds.discovery.engine;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import myxds.resource.ResourceType;

/** One replica of each type, in the order in which Envoy asks. */
final class Replicas {
  private final Map<ResourceType, Replica> byType = new TreeMap<>(Order.OF_TYPES);

  Replicas() {
    World.TYPES.forEach(type -> byType.put(type, new Replica()));
  }

  Replica of(ResourceType type) {
    return Objects.requireNonNull(byType.get(type));
  }

  void forEach(BiConsumer<ResourceType, Replica> each) {
    byType.forEach(each);
  }
}
