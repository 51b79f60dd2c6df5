package myxds.gate.conflict;

import java.util.List;
import myxds.resource.Finding;

/** The weights of a route's clusters, whose sum Envoy wants more than 0 and in 32 bits. */
final class Weights implements Check {
  static final String TYPE = "envoy.config.route.v3.WeightedCluster";
  private static final long MOST = 0xFFFF_FFFFL;

  @Override
  public void of(Node weighted, List<Finding> found) {
    long sum = 0;
    for (var cluster : weighted.children("clusters")) {
      if (cluster.number("weight").isEmpty()) {
        found.add(Finding.error(cluster.path(), "weight: not set (expected: a weight)"));
        return;
      }
      sum += cluster.number("weight").orElse(0);
    }
    // That there are no clusters at all is a matter of field rules.
    if (weighted.has("clusters") && (sum == 0 || sum > MOST)) {
      found.add(
          Finding.error(
              weighted.at("clusters"),
              "the weights add up to %d (expected: 1 to %d)".formatted(sum, MOST)));
    }
  }
}
