package myxds.discovery.engine;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.protobuf.Message;
import java.util.Set;
import java.util.function.Function;
import myxds.resource.ConfigReference;
import myxds.snapshot.Versioned;

/**
 * The references of resources through config sources, each resource read once for all streams and
 * for as long as a snapshot holds it. Safe for many threads.
 */
public final class References {
  private final LoadingCache<Versioned, Set<ConfigReference>> known;

  /**
   * @param reader returns the references of a message
   */
  public References(Function<Message, Set<ConfigReference>> reader) {
    known =
        CacheBuilder.newBuilder()
            .weakKeys()
            .build(CacheLoader.from(one -> reader.apply(one.resource().message())));
  }

  /** Returns what a resource references; nothing for a claimed one, whose content is unknown. */
  Set<ConfigReference> of(Versioned resource) {
    return resource.isClaimed() ? Set.of() : known.getUnchecked(resource);
  }
}
