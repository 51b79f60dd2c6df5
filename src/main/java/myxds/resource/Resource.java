package myxds.resource;

import com.google.protobuf.Message;

/**
 * One resource as its author wrote it.
 *
 * @param message of the type's own class, not packed
 * @param origin where it begins
 */
public record Resource(ResourceId id, Message message, Origin origin, Delivery delivery) {

  /** One that is delivered without further wishes. */
  public Resource(ResourceId id, Message message, Origin origin) {
    this(id, message, origin, Delivery.PLAIN);
  }

  public ResourceType type() {
    return id.type();
  }

  public String name() {
    return id.name();
  }
}
