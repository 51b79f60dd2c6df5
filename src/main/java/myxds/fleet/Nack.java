package myxds.fleet;

import java.time.Instant;
import myxds.discovery.engine.Refusal;
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

  /** What a client said. */
  static Nack said(ResourceType type, Refusal refusal, Instant at) {
    var resource = refusal.resource();
    return new Nack(
        type,
        refusal.of(),
        refusal.version(),
        refusal.reason(),
        at,
        false,
        resource == null ? "" : resource.name(),
        resource == null ? null : resource.origin());
  }

  /**
   * What a client means that asks again with the version that it had.
   *
   * @param of the state that it was sent for
   * @param asked that version; empty for none
   */
  static Nack inferred(RefusedContent.Key content, String of, String asked, Instant at) {
    var again = asked.isEmpty() ? "without a version" : "with version " + asked;
    var reason = "it asks again " + again;
    return new Nack(content.type(), of, content.version(), reason, at, true, "", null);
  }

  KeptRefusal.What kept() {
    return new KeptRefusal.What(type, version, reason, at, inferred, resource, origin);
  }

  static Nack of(KeptRefusal kept) {
    return of(kept.what(), kept.state());
  }

  /** Returns a NACK as it was kept, of this version of the group's state. */
  public static Nack of(KeptRefusal.What what, String state) {
    return new Nack(
        what.type(),
        state,
        what.version(),
        what.reason(),
        what.at(),
        what.inferred(),
        what.resource(),
        what.origin());
  }
}
