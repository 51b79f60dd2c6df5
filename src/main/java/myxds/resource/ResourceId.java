package myxds.resource;

/** What a resource is known by: unique in a group. */
public record ResourceId(ResourceType type, String name) {

  @Override
  public String toString() {
    return type + " " + name;
  }
}
