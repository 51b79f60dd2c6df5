package myxds.discovery.engine;

import myxds.resource.ResourceType;

/**
 * An encoded response but for its nonce, shared by all streams that are to be told the same.
 *
 * @param version of the type; SotW {@code version_info}, delta {@code system_version_info}
 * @param resources how many it carries
 * @param removed delta: how many it takes away
 * @param bytes of a DiscoveryResponse or DeltaDiscoveryResponse; nobody writes to them
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares bodies
record Body(ResourceType type, String version, int resources, int removed, byte[] bytes) {}
