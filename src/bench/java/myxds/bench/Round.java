package myxds.bench;

import java.util.Arrays;

/**
 * One change, until every client had it. A push is a client's response and all that follows from
 * it.
 *
 * @param p50 ms from the trigger to the client, over all clients; so are p99 and max
 * @param published ms from the trigger until the server said that it serves the change
 * @param bytes that a client received
 * @param serverCpu µs per push
 * @param loadCpu µs per push, of the clients
 */
record Round(
    double p50,
    double p99,
    double max,
    double published,
    double bytes,
    double serverCpu,
    double loadCpu) {

  static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
