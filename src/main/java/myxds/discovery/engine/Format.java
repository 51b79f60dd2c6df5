package myxds.discovery.engine;

/**
 * What a stream's responses look like.
 *
 * @param delta DeltaDiscoveryResponse, else DiscoveryResponse
 * @param ttl whether the client knows what a time to live is
 */
record Format(boolean delta, boolean ttl) {}
