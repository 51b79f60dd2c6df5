package myxds.settings;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One entry of a mapping.
 *
 * @param path the key with those of the mappings around it: {@code grpc.port}
 */
record Entry(String path, Node key, Node value) {}
