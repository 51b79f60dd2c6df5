package myxds.discovery.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import myxds.snapshot.Versioned;

/** The name that a cluster asks its endpoints by. */
final class EdsName {
  private EdsName() {}

  /** The cluster's service name if it has one, else its own. */
  static String of(Versioned cluster) {
    if (cluster.isClaimed()) {
      return cluster.name();
    }
    var service = parsed(cluster).getEdsClusterConfig().getServiceName();
    return service.isEmpty() ? cluster.name() : service;
  }

  private static Cluster parsed(Versioned cluster) {
    if (cluster.resource().message() instanceof Cluster message) {
      return message;
    }
    try {
      return Cluster.parseFrom(cluster.content());
    } catch (InvalidProtocolBufferException e) {
      return Cluster.getDefaultInstance();
    }
  }
}
