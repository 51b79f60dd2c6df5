package myxds.resource;

/**
 * A reference to another resource that Envoy requests through a config source.
 *
 * @param name canonical
 * @param aggregated whether Envoy requests it on the stream that delivered the referencing resource
 *     ({@code ads}, {@code self}), not from a server that the config source names itself
 */
public record ConfigReference(ResourceType type, String name, boolean aggregated) {}
