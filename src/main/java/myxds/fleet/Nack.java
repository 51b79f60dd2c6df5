package myxds.fleet;

import java.time.Instant;
import myxds.discovery.DiscoveryObserver;
import myxds.resource.Origin;
import myxds.resource.ResourceType;
import myxds.snapshot.KeptRefusal;
import org.jspecify.annotations.Nullable;

/**
 * A node's refusal of a type.
 *
 * @param of the version of the group's state that it was sent for
 * @param version of the type that was refused
 * @param reason the node's own words, without secrets
 * @param inferred nobody said so: the node asks for what it had before
 * @param resource the one that its words are about; empty when they do not tell
 * @param origin where that resource is written; null with it
 */
public record Nack(
    ResourceType type,
    String of,
    String version,
    String reason,
    Instant at,
    boolean inferred,
    String resource,
    @Nullable Origin origin) {

  /**
   * Of a client that cannot say so.
   *
   * @param refused the version that it was answered
   * @param asked what it asks for instead
   */
  static Nack inferred(String of, String refused, DiscoveryObserver.Asked asked, Instant at) {
    var version = asked.version().isEmpty() ? "\"\"" : asked.version();
    var reason = "it asks for version %s again".formatted(version);
    return new Nack(asked.type(), of, refused, reason, at, true, "", null);
  }

  KeptRefusal kept(String group, String node, String build, String good) {
    var what = new KeptRefusal.What(type, version, reason, at, inferred, resource, origin);
    return new KeptRefusal(group, of, node, build, good, what);
  }

  static Nack of(KeptRefusal kept) {
    var what = kept.what();
    return new Nack(
        what.type(),
        kept.state(),
        what.version(),
        what.reason(),
        what.at(),
        what.inferred(),
        what.resource(),
        what.origin());
  }
}
