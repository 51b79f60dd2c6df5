package myxds.settings;

/**
 * The text of one value and where it was found.
 *
 * @param text as it was written
 * @param origin as the table of settings says it: {@code my-xds.yaml:3}, {@code --grpc-port}
 * @param place as a message begins: {@code config/my-xds.yaml:3:9}, {@code --grpc-port}
 */
record Found(String key, String text, String origin, String place) {}
