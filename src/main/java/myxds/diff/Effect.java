package myxds.diff;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import myxds.resource.ResourceType;
import myxds.resource.Schema;

/**
 * What Envoys do about a change, by their own rules; each is held against a real Envoy by a test.
 *
 * @param kind in one word
 * @param detail the same for people, without a full stop
 */
public record Effect(Kind kind, String detail) {

  /** What happens, as the API names it. */
  public enum Kind {
    /** Used from now on; connections stay, but for those that the detail names. */
    IN_PLACE,
    /** Its connections drain. A changed listener is replaced by a new one meanwhile. */
    DRAINS,
    /** Waits for what it needs before it is used; a changed one replaces the old one then. */
    WARMS,
    /** New connections use it, old ones go on with what they have. */
    ROTATES,
    /** Nothing happens until somebody asks for it. */
    WAITS,
    /** Who uses it goes on with what it has. */
    KEPT,
    /** Who asks by delta loses it; who does not goes on with what it has. */
    DROPPED,
    /** Envoy refuses it, and goes on with what it has. */
    REFUSED,
    /** Nothing happens. */
    NONE,
    /** The type is not one whose rules are known. */
    UNKNOWN;

    /** In lower case, as the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What an Envoy keeps though it is told that it is gone. */
  private static final List<ResourceType> KEPT =
      List.of(ResourceType.ENDPOINT, ResourceType.ROUTE, ResourceType.SECRET);

  static Effect ofAdded(ResourceType type) {
    if (type.equals(ResourceType.LISTENER)) {
      return new Effect(Kind.WARMS, "warms, then listens");
    }
    if (type.equals(ResourceType.CLUSTER)) {
      return new Effect(Kind.WARMS, "warms, then can be routed to");
    }
    return new Effect(Kind.WAITS, "sent to those that ask for it");
  }

  static Effect ofRemoved(ResourceType type) {
    if (type.equals(ResourceType.LISTENER)) {
      return new Effect(Kind.DRAINS, "stops to listen, its connections drain");
    }
    if (type.equals(ResourceType.CLUSTER)) {
      return new Effect(Kind.DRAINS, "can no longer be routed to, its connections drain");
    }
    if (type.equals(ResourceType.RUNTIME)) {
      return new Effect(Kind.DROPPED, "dropped by Envoys that ask by delta, kept by others");
    }
    if (type.equals(ResourceType.EXTENSION_CONFIG)) {
      return new Effect(
          Kind.DROPPED,
          "dropped by Envoys that ask by delta, which answer 500 without a default, kept by"
              + " others");
    }
    return KEPT.contains(type)
        ? new Effect(Kind.KEPT, "those that use it keep what they have")
        : unknown();
  }

  static Effect ofChanged(ResourceType type, Message before, Message after, Schema schema) {
    if (type.equals(ResourceType.LISTENER)) {
      return new ListenerRules(schema).effect(before, after);
    }
    if (type.equals(ResourceType.CLUSTER)) {
      return new Effect(Kind.WARMS, "warms, then replaces the old one, whose connections drain");
    }
    if (type.equals(ResourceType.ENDPOINT)) {
      return EndpointRules.effect(before, after);
    }
    if (type.equals(ResourceType.SECRET)) {
      return new Effect(
          Kind.ROTATES, "rotated: new connections use it, listeners and clusters stay");
    }
    return ResourceType.KNOWN.contains(type)
        ? new Effect(Kind.IN_PLACE, "updated in place, no connection drains")
        : unknown();
  }

  /** Of a change in how it is delivered only. */
  static Effect ofDelivery() {
    return new Effect(Kind.NONE, "the content is the same");
  }

  private static Effect unknown() {
    return new Effect(Kind.UNKNOWN, "what Envoy does about this type is not known");
  }
}
