package myxds.gate.conflict;

import java.util.List;
import java.util.stream.Stream;
import myxds.resource.FieldPath;
import myxds.resource.Finding;

/**
 * Names where Envoy wants IP addresses: what a listener binds, and the endpoints of clusters that
 * look up no names. Envoy refuses the resource.
 */
final class Hosts {
  static final String CLUSTER = "envoy.config.cluster.v3.Cluster";
  static final String ENDPOINTS = "envoy.config.endpoint.v3.ClusterLoadAssignment";

  private Hosts() {}

  static void listener(Node listener, List<Finding> found) {
    var others = listener.children("additional_addresses").stream();
    Stream.concat(Stream.of(listener), others)
        .flatMap(owner -> owner.child("address").stream())
        .forEach(address -> check(address, "an IP address", found));
  }

  static void cluster(Node cluster, List<Finding> found) {
    // STATIC is what a cluster is that says nothing else.
    if (cluster.text("type").equals("STATIC") && !cluster.has("cluster_type")) {
      cluster
          .child("load_assignment")
          .ifPresent(assignment ->
              endpoints(
                  assignment, "an IP address; a cluster of type STRICT_DNS looks names up", found));
    }
  }

  /** As a resource of their own: those inside a cluster are the cluster's matter. */
  static void delivered(Node assignment, List<Finding> found) {
    if (assignment.path().equals(FieldPath.ROOT)) {
      endpoints(assignment, "an IP address", found);
    }
  }

  private static void endpoints(Node assignment, String expected, List<Finding> found) {
    assignment.children("endpoints").stream()
        .flatMap(locality -> locality.children("lb_endpoints").stream())
        .flatMap(one -> one.child("endpoint").stream())
        .flatMap(endpoint -> endpoint.child("address").stream())
        .forEach(address -> check(address, expected, found));
  }

  private static void check(Node address, String expected, List<Finding> found) {
    address
        .child("socket_address")
        .filter(socket -> socket.has("address") && !socket.has("resolver_name"))
        .filter(socket -> Ip.of(withoutScope(socket.text("address"))).isEmpty())
        .ifPresent(socket ->
            found.add(
                Finding.error(
                    socket.at("address"),
                    "address: \"%s\" (expected: %s)".formatted(socket.text("address"), expected))));
  }

  /** {@code fe80::1%eth0}. */
  private static String withoutScope(String address) {
    int scope = address.indexOf('%');
    return scope < 0 || !address.contains(":") ? address : address.substring(0, scope);
  }
}
