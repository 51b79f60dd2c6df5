package myxds.discovery.engine;

import com.google.protobuf.Message;
import java.util.Optional;
import myxds.snapshot.Versioned;

/** The name that a cluster asks its endpoints by. */
final class EdsName {
  private EdsName() {}

  /** The cluster's service name if it has one, else its own. */
  static String of(Versioned cluster) {
    if (cluster.isClaimed()) {
      return cluster.name();
    }
    return value(cluster.resource().message(), "eds_cluster_config")
        .flatMap(eds -> value((Message) eds, "service_name"))
        .map(Object::toString)
        .filter(name -> !name.isEmpty())
        .orElse(cluster.name());
  }

  /** By the name of the field: a cluster may be of an operator's own schema. */
  private static Optional<Object> value(Message message, String field) {
    return Optional.ofNullable(message.getDescriptorForType().findFieldByName(field))
        .map(message::getField);
  }
}
