package myxds.discovery.engine;

import myxds.resource.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A NACK.
 *
 * @param version of the type that was refused, as far as it is known; else empty
 * @param of the version of the group's state that it was sent for; empty when it is not known
 * @param reason the client's own words, without the secrets of what it was sent
 * @param resource the one that they are about; null when they do not tell
 */
public record Refusal(String version, String of, String reason, @Nullable Resource resource) {}
