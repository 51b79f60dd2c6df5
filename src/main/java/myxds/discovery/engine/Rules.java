package myxds.discovery.engine;

import java.time.Duration;

/**
 * What the protocol leaves to the server.
 *
 * @param identity told in every response, so that a client's log names the instance
 * @param resourceErrors tell a missing resource as an error of its own, for clients that know it
 * @param emptyEndpoints answer a missing assignment with an empty one
 * @param patience how long what depends on an ACK waits for it
 * @param references of resources to others
 */
public record Rules(
    String identity,
    boolean resourceErrors,
    boolean emptyEndpoints,
    Duration patience,
    References references) {}
